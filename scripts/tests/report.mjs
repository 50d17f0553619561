const LONGEST = 6000

/** Prints what failed, then the sums as the very last line; gives the exit code. */
export function report(results) {
  const sum = (key) => results.reduce((all, result) => all + result[key], 0)
  for (const { name, reason, output } of results.filter(({ failed }) => failed > 0)) {
    console.log(`\n━━━ ${name}: ${reason ?? "failed"}`)
    console.log(readable(output))
  }
  if (results.length === 0) {
    console.log("\nno test file has that in its path\n0 passed, 1 failed")
    return 1
  }
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`)
  return sum("failed") > 0 ? 1 : 0
}

/** Without the frames of the test runner itself, and without its sums; its end where it is long. */
function readable(output) {
  const lines = output
    .split("\n")
    .filter((line) => !/^\s+at .*(node_modules|node:internal)/.test(line))
    .filter((line) => !/^ {2}(Total|Passed|Skipped|Duration):/.test(line))
  const text = lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
  return text.length > LONGEST ? `…\n${text.slice(-LONGEST)}` : text
}
