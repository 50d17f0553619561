// Loaded before the program (see launch.mjs): the old space is swept once it has grown by two fifths. As a call,
// because a flag that a later V8 no longer knows would stop `node` from starting.
import { setFlagsFromString } from "node:v8"

setFlagsFromString("--heap-growing-percent=40")
