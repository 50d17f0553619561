# Three stages: the packages the program runs with, the program built, and the image that carries only both.
# Node 22 LTS: better-sqlite3 12 and argon2 0.44 have prebuilt binaries for it.
FROM node:22-bookworm-slim AS packages
WORKDIR /app
# only used where a prebuilt binary cannot be fetched, then better-sqlite3 takes 1 to 3 minutes
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM packages AS program
RUN npm ci --include=dev --no-audit --no-fund
COPY scripts ./scripts
COPY migrations ./migrations
COPY public ./public
COPY src ./src
RUN node scripts/build.mjs

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    PORT=3000 \
    ARDOISE_DATA=/data \
    ARDOISE_DEMO=0 \
    MALLOC_MMAP_THRESHOLD_=4194304
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=program /app/build ./build
COPY --from=program /app/public ./public
COPY package.json ./
COPY bin ./bin
COPY scripts/frugal.mjs ./scripts/
COPY views ./views
COPY docs ./docs
COPY src/documents/fonts ./src/documents/fonts
COPY src/demo/portraits ./src/demo/portraits
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# as scripts/launch.mjs does; the program stops by itself at SIGTERM, after the requests under way
CMD ["node", "--max-semi-space-size=4", "--import", "./scripts/frugal.mjs", "build/server.js"]
