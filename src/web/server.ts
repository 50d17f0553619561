import { createServer, type RequestListener, type Server } from "node:http"

/**
 * How long a request may take to arrive, in milliseconds: its headers, and all of it. A file of 20 MB needs five
 * minutes at 500 kbit/s; who holds a connection open without sending anything goes first.
 */
const PATIENCE = { headersTimeout: 20_000, requestTimeout: 300_000, connectionsCheckingInterval: 5_000 }

/** The site behind a socket that does not wait for ever. */
export const openServer = (site: RequestListener, patience: Partial<typeof PATIENCE> = {}): Server =>
  createServer({ ...PATIENCE, ...patience }, site)
