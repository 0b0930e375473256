/**
 * Asks before anything is used that WeChat counts as personal: telephone, pictures, clipboard.
 *
 * WeChat calls the listener when such a function is used for the first time, and waits for the
 * answer. The button that agrees has to be WeChat's own.
 */
type Answer = (answer: { event: 'agree' | 'disagree'; buttonId?: string }) => void

const AGREE = 'agree'
let waiting: Answer | null = null

Component({
  data: { isOpen: false, name: '用户隐私保护指引' },
  lifetimes: {
    attached() {
      wx.onNeedPrivacyAuthorization((resolve) => {
        // the published types name it after something else
        waiting = resolve as unknown as Answer
        this.setData({ isOpen: true })
      })
      wx.getPrivacySetting({
        success: ({ privacyContractName }) => {
          if (privacyContractName) this.setData({ name: privacyContractName })
        },
      })
    },
  },
  methods: {
    read() {
      wx.openPrivacyContract({})
    },
    agree() {
      this.answer({ event: 'agree', buttonId: AGREE })
    },
    disagree() {
      this.answer({ event: 'disagree' })
    },
    answer(answer: Parameters<Answer>[0]) {
      this.setData({ isOpen: false })
      waiting?.(answer)
      waiting = null
    },
  },
})
