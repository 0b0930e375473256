/** A question and what has come of it: mine, or one of the village's wall. */
Component({
  properties: {
    question: { type: Object, value: {} },
  },
})
