/** Alpine (CSP build), for the rare page that asks for it with `it.scripts = ["alpine.js"]`. */
import Alpine from "@alpinejs/csp"

Alpine.start()
