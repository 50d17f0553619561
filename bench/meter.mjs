// Loaded into a measured server: tells its own CPU time and memory when the bench asks.
process.on("message", (asked) => {
  if (asked !== "meter") return
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 1e6 })
})
process.on("disconnect", () => process.exit(0))
