/** A fraction of plain bigints, always reduced; only for values that are never negative when rounded. */
export class Q {
  readonly top: bigint
  readonly under: bigint
  constructor(top: bigint, under: bigint) {
    let [a, b] = [top < 0n ? -top : top, under]
    while (b > 0n) [a, b] = [b, a % b]
    this.top = top / (a || 1n)
    this.under = under / (a || 1n)
  }
  static of(decimal: string): Q {
    const [whole = "0", part = ""] = decimal.split(".")
    return new Q(BigInt(whole + part), 10n ** BigInt(part.length))
  }
  plus = (o: Q) => new Q(this.top * o.under + o.top * this.under, this.under * o.under)
  minus = (o: Q) => new Q(this.top * o.under - o.top * this.under, this.under * o.under)
  times = (o: Q) => new Q(this.top * o.top, this.under * o.under)
  over = (o: Q) => new Q(this.top * o.under, this.under * o.top)
  below = (o: Q) => this.top * o.under < o.top * this.under
  equals = (o: Q) => this.top === o.top && this.under === o.under
  zero = () => this.top === 0n
  exact = () => (this.under === 1n ? `${this.top}` : `${this.top}/${this.under}`)
  rounded(decimals: number): Q {
    const ten = 10n ** BigInt(decimals)
    const doubled = this.top * ten * 2n + this.under
    const half = this.under * 2n
    return new Q((doubled - (doubled % half)) / half, ten)
  }
  fixed(decimals: number): string {
    const ten = 10n ** BigInt(decimals)
    const units = (this.rounded(decimals).top * ten) / this.rounded(decimals).under
    if (decimals === 0) return `${units}`
    return `${units / ten}.${`${units % ten}`.padStart(decimals, "0")}`
  }
  plain(): string {
    for (let decimals = 0; decimals <= 6; decimals++) {
      if (this.rounded(decimals).equals(this)) return this.fixed(decimals)
    }
    return this.exact()
  }
}
