/** Sentences cut to what can be spoken at a time. */
import { utf8 } from './digest'

/** The plug-in takes 1,000 bytes; a Chinese character has three. */
const MOST_BYTES = 990
const CLAUSES = /[^。！？；：，、]*[。！？；：，、]|[^。！？；：，、]+$/g

/** The sentences in as few pieces as the limit allows; a longer one is cut at its commas. */
export function piecesOf(sentences: string[], most = MOST_BYTES): string[] {
  const pieces: string[] = []
  let last = ''
  for (const part of sentences.flatMap((sentence) => cut(sentence, most))) {
    if (last && size(last + part) > most) {
      pieces.push(last)
      last = ''
    }
    last += part
  }
  return last ? [...pieces, last] : pieces
}

function cut(sentence: string, most: number): string[] {
  if (size(sentence) <= most) return [sentence.trim()]
  const clauses = sentence.match(CLAUSES) ?? []
  return piecesOf(clauses.length > 1 ? clauses : [...sentence], most)
}

function size(text: string): number {
  return utf8(text).length
}
