// What is shown: the journey from the class list to the bulletin, as each person of the demonstration makes it.
import { join } from "node:path"
import { root } from "../install.mjs"

/** An invented list of a class, as a school keeps it in Excel. */
const CLASS_LIST = join(root, "test", "examples", "import", "01_liste_10CG3.csv")

/** Moussa's class is under way; the other is checked and waits for the head. */
const CLASS = "10ème CG 1"
const CHECKED_CLASS = "12ème TSE"
const STUDENT = "KEÏTA Moussa"
/** A file of enrolment that lacks documents. */
const INCOMPLETE = "DIARRA Safiatou"
/** Mother of a student of each of these two classes. */
const PARENT = "Aminata KEÏTA"

export async function demonstration(camera) {
  await arrival(camera)
  await office(camera)
  await applications(camera)
  await inOrder(camera)
  await importing(camera)
  await teaching(camera)
  const published = await publication(camera)
  await family(camera, published)
  await settings(camera)
}

async function arrival(camera) {
  const page = await camera.browser()
  await page.goto("/sign-in")
  await camera.picture(page, "sign-in")
}

/** The secretary: finds students, enrols one, writes down a guardian. */
async function office(camera) {
  const page = await camera.as("secretaire")
  await camera.picture(page, "secretary-home")
  await page.goto("/students")
  await page.locator("#q").pressSequentially("traore aminata")
  await page.locator("#list tbody tr").nth(2).waitFor({ state: "detached" })
  await camera.picture(page, "students-search")
  await keptList(camera, page)
  await page.goto("/students")
  await page.fill("#q", "keita moussa")
  await page.getByRole("link", { name: "KEÏTA Moussa" }).first().click()
  await page.getByRole("heading", { name: "Tuteurs" }).waitFor()
  await camera.picture(page, "student")
  await page.getByRole("link", { name: "Ajouter un tuteur" }).click()
  await camera.picture(page, "guardian-new")
  await page.goBack()
  await page.getByRole("link", { name: "Certificats" }).last().click()
  await page.getByRole("button", { name: "Délivrer" }).waitFor()
  await camera.picture(page, "paper-new")
  await page.goto("/students/new")
  await page.getByLabel("Nom de famille").fill("Traoré")
  await page.getByLabel("Prénoms", { exact: true }).fill("Aminata")
  await page.getByRole("button", { name: "Inscrire" }).click()
  await page.locator("#problems").first().waitFor()
  await camera.picture(page, "student-new-homonym")
  await page.goto("/classes")
  await camera.picture(page, "classes")
  await page.getByRole("link", { name: CLASS, exact: true }).click()
  await page.getByRole("link", { name: "Liste à imprimer" }).click()
  await camera.picture(page, "class-list-print")
}

/** The girls of a level whose guardians were never asked about SMS: filtered, then taken away as a workbook. */
async function keptList(camera, page) {
  await page.goto("/students?level=10&sex=F&consent=unasked")
  await page.getByRole("heading", { name: "Exporter" }).waitFor()
  await camera.picture(page, "students-filtered")
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Excel" }).click(),
  ])
  await file.delete()
}

/** The secretary: the board of enrolment, and one file that lacks documents. */
async function applications(camera) {
  const page = await camera.as("secretaire")
  await page.goto("/enrolment")
  await camera.picture(page, "enrolment-board")
  await page.getByRole("link", { name: INCOMPLETE }).click()
  await page.getByRole("heading", { name: "Contrôle" }).waitFor()
  await camera.picture(page, "enrolment-file")
}

/** The secretary: photos, scanned papers, cards that are there twice, corrections of families, next year's classes. */
async function inOrder(camera) {
  const page = await camera.as("secretaire")
  await page.goto("/photos")
  await page.getByRole("link", { name: CLASS, exact: true }).click()
  await page.waitForLoadState("networkidle")
  await camera.picture(page, "photos")
  await page.goto("/students?q=keita+moussa")
  await page.getByRole("link", { name: STUDENT }).first().click()
  await page.getByRole("link", { name: "Pièces", exact: true }).click()
  await camera.picture(page, "scans")
  await page.goto("/doubles")
  await page.getByRole("link", { name: "Comparer" }).first().click()
  await camera.picture(page, "doubles")
  await page.goto("/corrections")
  await page.locator("main table a").first().click()
  await camera.picture(page, "correction")
  await page.goto("/reenrolment")
  await camera.picture(page, "reenrolment")
}

/** The secretary: a list of students, read, answered, written, taken back. */
async function importing(camera) {
  const page = await camera.as("secretaire")
  await page.goto("/imports/new?kind=students")
  await page.getByLabel("Fichier", { exact: true }).setInputFiles(CLASS_LIST)
  await page.getByLabel("Classe, quand le fichier ne la dit pas").selectOption("10ème CG 3")
  await page.getByRole("button", { name: "Lire le fichier" }).click()
  await page.getByText("Rien n’est encore écrit.").waitFor()
  await camera.picture(page, "import-preview")
  await page.getByRole("link", { name: "Colonnes et choix" }).click()
  await camera.picture(page, "import-columns")
  await page.getByRole("link", { name: "Revenir à l’aperçu" }).click()
  await page.getByRole("link", { name: "Enregistrer…" }).click()
  await camera.picture(page, "import-commit")
  await page.getByRole("button", { name: "Enregistrer" }).click()
  await page.getByRole("link", { name: "Annuler l’import" }).click()
  await camera.picture(page, "import-undo")
  await page.getByRole("button", { name: "Annuler l’import" }).click()
  await page.waitForURL(/imports\/\d+$/)
}

/** The mathematics teacher: the list of grids, one grid, a refused mark, the way an average was made. */
async function teaching(camera) {
  const page = await camera.as("maths")
  await camera.picture(page, "teacher-home")
  const grid = page.getByRole("link", { name: /Mathématiques/ }).first()
  const path = await grid.getAttribute("href")
  await grid.click()
  await page.locator("table.marks").waitFor()
  await refuse(page)
  await camera.picture(page, "grid")
  await page.goto(`${path}/lock`)
  await camera.picture(page, "lock")
  await page.goto(path)
  const average = page.locator("tbody tr").filter({ hasText: STUDENT }).locator("td").last().getByRole("link")
  await average.click()
  await camera.picture(page, "explain")
  await page.goto(`${path}/remarks`)
  await camera.picture(page, "remarks")
  const phone = await camera.as("maths", "phone")
  await phone.goto(path)
  await phone.locator("td.cell input").nth(1).tap()
  await camera.picture(phone, "grid-phone")
}

/** Types a mark that cannot be, and waits for the reason. */
async function refuse(page) {
  const cell = page.locator("tbody tr").nth(2).locator("td.cell input").last()
  await cell.fill("21")
  await cell.press("Enter")
  await page.getByText("La note dépasse le maximum, 20.").waitFor()
}

/** The dean checks, the head publishes; gives the SMS that was written to the family and the bulletin's code. */
async function publication(camera) {
  const dean = await camera.as("censeur")
  await dean.goto("/grades")
  await camera.picture(dean, "grades-progress")
  await dean.goto("/bulletins")
  await camera.picture(dean, "bulletins")
  await dean.getByRole("link", { name: CLASS, exact: true }).click()
  await camera.picture(dean, "class-check")

  const head = await camera.as("proviseur")
  await camera.picture(head, "head-home")
  await head.goto("/grading/edit")
  await camera.picture(head, "grading-edit")
  await council(camera, head)
  await head.goto("/bulletins/batches")
  await camera.picture(head, "batches")
  await head.goto("/bulletins")
  await head.getByRole("link", { name: CHECKED_CLASS, exact: true }).click()
  await head.getByRole("link", { name: /^Publier les/ }).click()
  await camera.picture(head, "publish")
  await head.getByRole("button", { name: /^Publier/ }).click()
  await head.getByRole("link", { name: "Un bulletin par page (A4)" }).waitFor({ timeout: 60_000 })
  await head.getByLabel("Imprimer autrement").selectOption("double")
  await head.getByRole("button", { name: "Préparer ce fichier" }).click()
  await head
    .getByRole("link", { name: "Deux exemplaires par feuille (A4 paysage)" })
    .waitFor({ timeout: 60_000 })
  await head.reload()
  await camera.picture(head, "published")
  const fetched = async (link) => (await head.request.get(await link.getAttribute("href"))).body()
  const row = head.locator("tbody tr").filter({ hasText: "KEÏTA Fanta" })
  const code = await row.locator("td a[href^='/b/']").textContent()
  await camera.paper("bulletin", await fetched(row.getByRole("link", { name: "PDF" })))
  const double = head.getByRole("link", { name: "Deux exemplaires par feuille (A4 paysage)" })
  await camera.paper("bulletins-two-copies", await fetched(double), { width: 800 })

  await head.goto("/messages")
  await head.fill("#q", PARENT)
  await head.getByRole("button", { name: "Filtrer" }).click()
  await head.getByText("1 message,").waitFor()
  const sms = await head.locator("td[data-label=Message]").first().textContent()
  await head.goto("/messages")
  await camera.picture(head, "sms-journal")
  return { link: new URL(sms.match(/https:\S+\/e\/\S+/)[0]).pathname, code }
}

/** The council of a class: opened, its first student before it. */
async function council(camera, head) {
  await head.goto("/council")
  await head.getByRole("link", { name: CLASS, exact: true }).click()
  await head.getByRole("button", { name: "Ouvrir la séance" }).click()
  await head.locator("header.bar").waitFor()
  await camera.picture(head, "council")
}

/** The mother, on a small phone: the link of the SMS, then the same link from another phone. */
async function family(camera, { link, code }) {
  const phone = await camera.browser("phone")
  await phone.goto(link)
  await camera.picture(phone, "parent-results")
  await camera.picture(phone, "parent-results-end", { at: "ul.links" })
  await phone.getByRole("link", { name: "Comment la moyenne est faite" }).click()
  await camera.picture(phone, "parent-working")
  await links(camera)
  const other = await camera.browser("phone")
  await other.goto(link)
  await camera.picture(other, "parent-question")
  await other.goto(`/b/${code}`)
  await camera.picture(other, "bulletin-check")
  const account = await camera.as("parent", "phone")
  await camera.picture(account, "parent-children")
}

/** The secretary again: what became of the links of Fanta's family. */
async function links(camera) {
  const page = await camera.as("secretaire")
  await page.goto("/students?q=keita+fanta")
  await page.getByRole("link", { name: "KEÏTA Fanta" }).first().click()
  await page.getByRole("link", { name: "Liens envoyés à la famille" }).click()
  await camera.picture(page, "student-links")
}

/** The administrator: accounts, rights, years, the school. */
async function settings(camera) {
  const page = await camera.as("admin")
  await page.goto("/school/edit")
  await camera.picture(page, "school-edit")
  await page.getByLabel("Adresse publique").fill("https://kalanso.example")
  await page.getByRole("button", { name: "Enregistrer" }).click()
  await page.waitForURL(/\/school$/)
  await page.goto("/accounts")
  await camera.picture(page, "accounts")
  await page.goto("/accounts/new?q=sidibe")
  await page.locator("tbody th a").first().click()
  await page.getByLabel("Professeur", { exact: true }).check()
  await page.getByRole("button", { name: "Ouvrir le compte" }).click()
  await page.getByText("Premier mot de passe").first().waitFor()
  await camera.picture(page, "account-slip")
  await page.goto("/coefficients")
  await page.getByRole("link", { name: "10ème CG" }).first().click()
  await camera.picture(page, "coefficients")
  await page.goto("/permissions")
  await camera.picture(page, "permissions")
  await page.goto("/years")
  await camera.picture(page, "years")
  await page.goto("/papers/templates")
  await camera.picture(page, "paper-templates")
  await page.goto("/lists/exports")
  await camera.picture(page, "list-exports")
  await page.goto("/audit")
  await camera.picture(page, "audit")
}

/** Where there is no school yet: the page that opens one, with the code that the program printed. */
export async function firstVisit(camera, { said }) {
  const page = await camera.browser()
  await page.goto("/")
  await page.getByLabel("Code d’ouverture").fill(said.match(/avec ce code (\S+)/)[1])
  await camera.picture(page, "first-visit")
}
