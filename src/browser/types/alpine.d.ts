declare module "@alpinejs/csp" {
  const Alpine: { start(): void; data(name: string, make: (...given: never[]) => object): void }
  export default Alpine
}
