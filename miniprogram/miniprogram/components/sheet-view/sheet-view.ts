import { EMPTY } from '../../lib/sheet'

/** A sheet that lib/sheet.ts has laid out: sums, text, table or cards. */
Component({
  properties: {
    sheet: { type: Object, value: EMPTY },
  },
  methods: {
    more() {
      this.triggerEvent('more')
    },
  },
})
