/**
 * Pictures are made small before they are sent: a tenth of a megabyte instead of five on a slow line. Without this
 * script, or where a browser cannot do it, the file goes as it is and the server makes it small.
 */

/** A file as small as this is not worth the work. */
const SMALL_BYTES = 300_000

/** The picture at most `side` points long, upright, as JPEG; the file itself where the browser cannot. */
async function shrunk(file: File, side: number): Promise<File> {
  if (file.size <= SMALL_BYTES || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" })
    const scale = Math.min(1, side / Math.max(picture.width, picture.height))
    const canvas = document.createElement("canvas")
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    const context = canvas.getContext("2d") as CanvasRenderingContext2D
    context.fillStyle = "#fff"
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85))
    return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file
  } catch {
    return file
  }
}

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-shrink]")) {
  input.addEventListener("change", async () => {
    const chosen = input.files?.[0]
    if (!chosen) return
    const file = await shrunk(chosen, Number(input.dataset.shrink))
    if (input.files?.[0] !== chosen) return // another was chosen meanwhile
    if (file !== chosen) {
      const held = new DataTransfer()
      held.items.add(file)
      input.files = held.files
    }
    if ("send" in input.dataset) input.form?.requestSubmit()
  })
}
