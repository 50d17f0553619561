import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import { remindByRoutine } from "./jobs.ts"
import * as board from "./pages/board.ts"
import * as controls from "./pages/controls.ts"
import * as deadlines from "./pages/deadlines.ts"
import * as reminders from "./pages/reminders.ts"
import * as thresholds from "./pages/thresholds.ts"
import { strings } from "./strings.ts"

export const progress = feature({
  name: "progress",
  core: true,
  needs: ["people", "grades", "messages"],
  permissions: {
    "progress.see": {
      label: "Suivre la saisie des notes de ses classes",
      roles: ["administrator", "head", "dean", "supervisor", "teacher", "form_teacher"],
    },
    "progress.remind": {
      label: "Rappeler les notes attendues",
      roles: ["head", "dean", "supervisor"],
    },
    "progress.deadline": {
      label: "Fixer les échéances et les rappels automatiques",
      roles: ["head", "dean"],
    },
    "progress.settle": {
      label: "Noter un point à regarder comme vu, régler les seuils",
      roles: ["administrator", "head", "dean"],
    },
  },
  routes: [
    get("/progress", "progress.see", board.index),
    get("/progress/teachers", "progress.see", board.teachers),
    get("/progress/remind", "progress.remind", reminders.confirm),
    post("/progress/remind", "progress.remind", reminders.send, { once: true }),
    get("/progress/reminders", "progress.remind", reminders.log),
    get("/progress/deadlines/:period", "progress.deadline", deadlines.show),
    post("/progress/deadlines/:period", "progress.deadline", deadlines.save),
    get("/progress/thresholds", "progress.settle", thresholds.show),
    post("/progress/thresholds", "progress.settle", thresholds.save),
    get("/progress/:class/:period", "progress.see", controls.show),
    get("/progress/:class/:period/count", "progress.see", controls.count),
    get("/progress/:class/:period/history", "progress.see", controls.history),
    post("/progress/:class/:period/seen", "progress.settle", controls.leave),
    post("/progress/:class/:period/unseen", "progress.settle", controls.reopen),
  ],
  menu: [
    { area: "grades", label: "progress.title", path: "/progress", access: "progress.see" },
    {
      area: "settings",
      label: "progress.thresholds",
      path: "/progress/thresholds",
      access: "progress.settle",
    },
  ],
  jobs: [{ name: "progress.remind", when: "30 7 * * *", run: (school, now) => remindByRoutine(school, now) }],
  personal: [
    holding({
      table: "progress_reminder",
      person: "staff",
      column: "staff_id",
      label: "Rappels de notes reçus",
      hidden: ["message_key"],
      erasure: "delete",
    }),
    holding({
      table: "progress_seen",
      person: "student",
      column: "student_id",
      key: ["class_id", "period_id", "finding"],
      label: "Points de contrôle notés comme vus",
      hidden: ["finding", "figure"],
      erasure: "delete",
    }),
  ],
  strings,
})
