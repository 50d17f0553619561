// Loaded before the program (see launch.mjs): V8 keeps its heap small instead of growing with the machine it finds.
import { setFlagsFromString } from "node:v8"

setFlagsFromString("--semi-space-growth-factor=1")
setFlagsFromString("--heap-growing-percent=20")
