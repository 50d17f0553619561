// Who watches over personal data in each country, and under which law (domain.md §1.10, §2.2, §2.5).

export type Authority = {
  country: string
  law: string
  name: string
  /** what the school owes it before it begins, in one sentence */
  duty: string
  confidence: "H" | "M" | "L"
}

const AUTHORITIES: readonly Authority[] = [
  {
    country: "ML",
    law: "loi n° 2013-015 du 21 mai 2013, modifiée, portant protection des données à caractère personnel",
    name: "Autorité de protection des données à caractère personnel (APDP)",
    duty: "Le traitement est déclaré à l’APDP avant de commencer ; l’école nomme un responsable et tient sa documentation.",
    confidence: "H",
  },
  {
    country: "GA",
    law: "loi n° 025/2023 du 12 juillet 2023, qui remplace la loi n° 001/2011, relative à la protection des données à caractère personnel",
    name: "Autorité pour la protection des données personnelles et de la vie privée (APDPVP)",
    duty: "Le traitement est déclaré à l’APDPVP, ou autorisé par elle, avant de commencer.",
    confidence: "H",
  },
  {
    country: "BE",
    law: "Règlement général sur la protection des données (RGPD, règlement UE 2016/679)",
    name: "Autorité de protection des données (APD)",
    duty: "Le pouvoir organisateur tient un registre des traitements ; une fuite de données se signale à l’APD dans les 72 heures.",
    confidence: "H",
  },
  {
    country: "GN",
    law: "loi guinéenne sur la protection des données à caractère personnel",
    name: "autorité guinéenne chargée de la protection des données personnelles",
    duty: "Le nom de l’autorité et ses formalités restent à confirmer par l’école.",
    confidence: "L",
  },
]

const NONE: Authority = {
  country: "",
  law: "loi du pays sur la protection des données à caractère personnel",
  name: "autorité du pays chargée de la protection des données",
  duty: "L’école se renseigne sur les formalités de son pays.",
  confidence: "L",
}

export const authorityOf = (country: string): Authority =>
  AUTHORITIES.find((one) => one.country === country) ?? { ...NONE, country }
