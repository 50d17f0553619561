const NOWHERE = "http://nowhere.invalid"
// biome-ignore lint/suspicious/noControlCharactersInRegex: URL parsers drop these, « /\t/evil » would become « //evil »
const LOCAL = /^\/(?![/\\])[^\\\u0000-\u001f]*$/

/**
 * A path of this site, from what an address or a form claims it is; null for anything that could lead elsewhere
 * (« //evil », « /\evil », « /.//evil », « https:… »).
 */
export function localPath(given: unknown): string | null {
  if (typeof given !== "string" || given.length > 500 || !LOCAL.test(given)) return null
  if (!URL.canParse(given, NOWHERE)) return null
  const { origin, pathname, search } = new URL(given, NOWHERE)
  return origin === NOWHERE && !pathname.startsWith("//") ? pathname + search : null
}

/** The page of this site on which a link or form was followed, or null. */
export function pageBefore(req: { headers: { referer?: string; host?: string } }): string | null {
  const { referer, host } = req.headers
  if (!referer || !URL.canParse(referer)) return null
  const from = new URL(referer)
  return from.host === host ? localPath(from.pathname + from.search) : null
}
