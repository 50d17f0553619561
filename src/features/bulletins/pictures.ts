// What is printed beside the frozen words: the school's logo, which they name, and the students' photos where the
// school prints them, as they are on the day (a photo that a family takes back is on no later paper).
import { logoNamed } from "../../documents/logo.ts"
import type { School } from "../../school.ts"
import { printedPhotos } from "../photos/files.ts"
import type { BulletinData } from "./contract.ts"
import { modelOf } from "./model.ts"

export type Frozen = { studentId: number; content: BulletinData }

type Printable = { bulletins: BulletinData[]; pictures: Record<string, string> }

/** The bulletins in their order, with their pictures. */
export async function withPictures(
  school: Pick<School, "db" | "folder">,
  frozen: readonly Frozen[],
): Promise<Printable> {
  const shown = frozen.filter(({ content }) => modelOf(content).photo).map(({ studentId }) => studentId)
  const photos = await printedPhotos(school, shown)
  const pictures: Record<string, string> = {}
  for (const name of new Set(frozen.flatMap(({ content }) => content.schoolHead.logo ?? []))) {
    const logo = await logoNamed(school.folder, name)
    if (logo) pictures[name] = logo.toString("base64")
  }
  const bulletins = frozen.map(({ studentId, content }) => {
    const photo = photos.get(studentId)
    return photo ? { ...content, student: { ...content.student, photo } } : content
  })
  return { bulletins, pictures }
}
