/** How large everything is written: the larger of WeChat's own setting and the switch in here. */

export type Size = 'normal' | 'large' | 'largest'

export interface Look {
  /** For the style attribute of a page: the factor of all print, the least size of what is tapped. */
  style: string
  factor: number
}

export interface Phone {
  fontSizeSetting?: number
  fontSizeScaleFactor?: number
  platform?: string
}

/** 17 px is our text; 1.8 times that is more than 30. */
const OWN: Record<Size, number> = { normal: 1, large: 1.35, largest: 1.8 }
const LARGEST = 1.8
/** Fingers of the elder need more room: 60 px instead of 44. */
const ELDER_FROM = 1.2
/** What WeChat calls standard, by system. */
const STANDARD = { ios: 17, other: 16 }

export function isSize(value: unknown): value is Size {
  return typeof value === 'string' && value in OWN
}

/** The factor of WeChat's own font setting; 1 where the phone does not tell. */
export function phoneFactor(phone: Phone): number {
  if (phone.fontSizeScaleFactor && phone.fontSizeScaleFactor > 0) return phone.fontSizeScaleFactor
  if (!phone.fontSizeSetting) return 1
  return phone.fontSizeSetting / (phone.platform === 'ios' ? STANDARD.ios : STANDARD.other)
}

export function lookOf(size: Size, phone: Phone): Look {
  const wanted = Math.max(OWN[size], phoneFactor(phone))
  const factor = Math.round(Math.min(LARGEST, wanted) * 100) / 100
  return { factor, style: `--f:${factor};--tap:${factor >= ELDER_FROM ? 60 : 44}px` }
}
