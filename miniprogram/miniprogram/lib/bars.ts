/** A chart as rows of bars that need no canvas, so that screen readers and large print work. */
import { rough } from './amounts'
import type { Chart } from './shapes'

export interface Bar {
  series: string
  value: string
  /** Percent of the longest bar. */
  width: number
  isNow: boolean
}

export interface Group {
  label: string
  /** 收入 or 支出 above the first of its bars; "" otherwise. */
  side: string
  bars: Bar[]
}

export interface Bars {
  title: string
  /** The whole chart in words, for those who hear it. */
  spoken: string
  groups: Group[]
}

export function barsOf(chart: Chart): Bars {
  const sizes = chart.bars.flatMap((bar) => bar.values.map((value) => Math.abs(Number(value ?? 0))))
  const longest = Math.max(...sizes, 0) || 1
  let side = ''
  const groups = chart.bars.map((bar) => {
    const begins = bar.side && bar.side !== side ? bar.side : ''
    side = bar.side ?? ''
    return { label: bar.label, side: begins, bars: barsOfOne(chart.series, bar.values, longest) }
  })
  return { title: `${chart.title}（${chart.unit}）`, spoken: spoken(chart, groups), groups }
}

function barsOfOne(series: string[], values: (string | null)[], longest: number): Bar[] {
  return values.flatMap((value, index) =>
    value === null
      ? []
      : [
          {
            series: series[index] ?? '',
            value: rough(value),
            width: Math.round((Math.abs(Number(value)) / longest) * 100),
            isNow: index === 0,
          },
        ],
  )
}

function spoken(chart: Chart, groups: Group[]): string {
  const parts = groups.map(
    (group) =>
      `${group.side}${group.label}：` +
      group.bars.map((bar) => `${bar.series}${bar.value}${chart.unit}`).join('，'),
  )
  return `${chart.title}。${parts.join('；')}。`
}
