import * as v from "valibot"

export type Problem = { field: string; text: string }

/** What was typed, always kept; and either the values read from it, or what is wrong, field by field. */
export type ReadForm<T> =
  | { ok: true; values: T; typed: Record<string, string>; problems: Problem[] }
  | { ok: false; typed: Record<string, string>; problems: Problem[] }

/** What one form accepts: `const markForm = form({ label: line(), max: … })`, then `markForm.read(req.body)`. */
export function form<E extends v.ObjectEntries>(entries: E) {
  const schema = v.object(entries)
  return {
    read(body: unknown): ReadForm<v.InferOutput<typeof schema>> {
      const typed = typedIn(body)
      const given = Object.fromEntries(Object.keys(entries).map((name) => [name, typed[name] ?? ""]))
      const result = v.safeParse(schema, given, { abortPipeEarly: true })
      if (result.success) return { ok: true, values: result.output, typed, problems: [] }
      const problems = result.issues.map((issue) => ({
        field: String(issue.path?.[0]?.key ?? ""),
        text: issue.message,
      }))
      return { ok: false, typed, problems }
    },
  }
}

/** The same form, refused for a reason that only the database knew (« ce matricule est déjà pris »). */
export function refused(read: { typed: Record<string, string> }, field: string, text: string) {
  return { ok: false as const, typed: read.typed, problems: [{ field, text }] }
}

/** Fields as strings: of a repeated key the last counts, NUL and other control characters are dropped. */
export function typedIn(body: unknown): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    const last = Array.isArray(value) ? value.at(-1) : value
    if (typeof last === "string") typed[name] = withoutControls(last)
  }
  return typed
}

/** PostgreSQL refuses NUL, and no control character but tab and line ends means anything in a form. */
export const withoutControls = (text: string) => text.replace(CONTROL, "")

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come in
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g
