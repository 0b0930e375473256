/** What the server answers: `/api/v1` (public) and `/wxapi/v1` (personal). Amounts are strings. */

export interface Place {
  code: string
  name: string
  kind: string
  level: number
  parent: string | null
}

export interface Named {
  code: string
  name: string
}

export interface PlaceDetail extends Place {
  path: Named[]
  children: Named[]
  complaint_phone: string | null
  phone: string | null
}

export interface Category {
  number: number
  name: string
}

export interface Item {
  code: string
  name: string
  category: number
  deadline: string | null
}

export interface Summary {
  code: string
  division_code: string
  division_name: string
  town_name: string | null
  item_code: string
  item_name: string
  category_number: number
  category_name: string
  title: string
  period_label: string | null
  audience: string
  open_web: string
  time: string
  display_until: string | null
  carried_over: boolean
}

export interface Rows<T> {
  items: T[]
  next?: string | null
}

export interface Column {
  key: string
  label: string
  unit: string | null
  align: string
  type: string
}

export interface Labelled {
  label: string
  value: string
}

export interface Step {
  label: string
  person: string | null
  date: string | null
}

export interface Attachment {
  name: string
  mimetype: string
  size: string
  digest: string
}

export interface Face {
  division: { code: string; name: string; town: string | null; district: string | null }
  title: string
  period: string
  audience: string
  unit_note: string | null
  header: Labelled[]
  columns: Column[]
  detail: string
  row_count: string
  rows: (string | null)[][]
  totals: (string | null)[] | null
  text: string | null
  html?: string
  zero: string | null
  note: string | null
  files?: Attachment[]
  procedure: Step[]
  legal_basis: string | null
  reconstruction: string | null
}

export interface Chart {
  title: string
  unit: string
  series: string[]
  bars: { side: string | null; label: string; values: (string | null)[] }[]
}

export interface Told {
  sentences: string[]
  terms: { term: string; plain: string }[]
  chart: Chart | null
}

export interface Chain {
  position: number
  previous: string
  link: string
  envelope: string
}

export interface PublicationEvent {
  kind: string
  time: string
  reason: string | null
  note: string | null
  display_until: string | null
}

export interface Publication extends Summary {
  state: 'published' | 'superseded' | 'withdrawn'
  corrects: string | null
  corrected_by: string | null
  events: PublicationEvent[]
  chain: Chain
  digests: { page: string | null; pdf: string | null }
  face: Face | null
  summary: Told | null
}

/** What everybody reads of an asset, a resource or a contract. */
export interface PublicCard {
  code: string
  kind: 'asset' | 'contract'
  division_code: string
  division_name: string
  title: string
  lines: Labelled[]
  shown_on: string
}

export type Kind = 'answered' | 'published' | 'duty_due' | 'overdue' | 'review'

export interface Subscription {
  kind: Kind
  template_id: string
  is_long_term: boolean
  left: number
}

export interface Me {
  village: Named | null
  phone: string | null
  residence: {
    state: 'none' | 'waiting' | 'verified' | 'refused'
    village?: string
    household?: string
    is_member?: boolean
  }
  official: { name: string; offices: string[]; can: { review: boolean; file: boolean } } | null
  household_enabled: boolean
  subscriptions: Subscription[]
}

export interface Session {
  token: string
  expires: string
  me: Me
}

export interface Question {
  code: string
  number: string
  village: string
  publication?: string | null
  text: string
  reopen_text?: string | null
  pictures: number
  asked: string
  state: string
  state_label: string
  review_label: string
  due: string | null
  days_waiting: number
  answer?: string | null
  answered?: string | null
  can: { verdict: boolean; reopen: boolean }
}

export interface Message {
  kind: string
  title: string
  text: string
  page: string
  time: string
}

export interface HouseholdRow {
  publication: string
  title: string
  period: string | null
  row: number
  cells: Labelled[]
}

export interface Work {
  id: number
  title: string
  village: string
  due: string | null
  lamp: string
  /** The page that opens it; "" for what needs a computer. */
  page: string
  /** The public code of what a filing is about. */
  publication: string | null
}

export interface Todo {
  duties: Work[]
  reviews: Work[]
  filings: Work[]
  questions: Work[]
}

export interface Overdue {
  village: string
  item: string
  due: string
  days: number
}

export interface Screen {
  screen: string
  place: string
  title: string | null
  picture_url: string | null
  time: string | null
}

export interface Found {
  code: string
  title: string
  village: string
  published: string
}

export interface DeskSheet {
  title: string
  village: string
  period: string | null
  state: string
  face: Face
  revision: number
  can: { vote?: boolean }
}

/** A question as everybody reads it. */
export interface WallQuestion {
  code: string
  number: string
  publication: string | null
  asker: string
  text: string
  asked_on: string
  reopen_text: string | null
  state: string
  level: string
  is_overdue: boolean
  days_waiting: number
  answer: string | null
  answered_on: string | null
  pictures: string[]
}
