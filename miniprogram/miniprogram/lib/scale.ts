/** How large everything is written: the larger of WeChat's own setting and the switch in here. */

export type Size = 'normal' | 'large' | 'largest'

export interface Look {
  /** For the style attribute of a page: everything is measured by this factor. */
  style: string
  /** The class of a page: `elder` has larger touch areas and one column. */
  name: '' | 'elder'
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
  return { factor, name: factor >= ELDER_FROM ? 'elder' : '', style: `--f:${factor}` }
}
