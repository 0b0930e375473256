/** WeChat, as far as this mini-program uses it. Whatever is not here does not exist. */

const TURNS = 4

/**
 * `phone` may hold: answer(call) → [status, data] or an errMsg as a string; font (scale factor),
 * width, env (envVersion), storage, says (answers of modals), scanned, chosen (paths of pictures),
 * accepted (templates), voice (what its plug-in answers to a text).
 */
export function fakeWx(phone) {
  const storage = new Map(Object.entries(phone.storage ?? {}))
  const requests = []
  const said = []
  const visited = []
  const done = []
  const spoken = []
  let open = 0

  const note = (name, fail) => (options = {}) => {
    done.push([name, options])
    if (fail) options.fail?.({ errMsg: `${name}:fail` })
    else options.success?.({})
    options.complete?.({})
  }
  const later = (work) => {
    open++
    setImmediate(() => {
      open--
      work()
    })
  }
  const go = ({ url }) => visited.push(url)

  const wx = {
    request({ url, method, header, data, success, fail }) {
      const call = {
        method, url, header, data,
        path: url.replace(/^https?:\/\/[^/]+/, ''),
        token: header.Authorization?.replace('Bearer ', '') ?? null,
      }
      requests.push(call)
      later(() => {
        const answer = phone.answer?.(call) ?? [404, { detail: '没有找到。' }]
        if (typeof answer === 'string') fail({ errMsg: answer })
        else success({ statusCode: answer[0], data: structuredClone(answer[1]), header: {} })
      })
    },
    login: ({ success }) => later(() => success({ code: `code-${requests.length}` })),
    getStorageSync: (key) => structuredClone(storage.get(key) ?? ''),
    setStorageSync: (key, value) => void storage.set(key, structuredClone(value)),
    removeStorageSync: (key) => void storage.delete(key),
    getAccountInfoSync: () => ({ miniProgram: { envVersion: phone.env ?? 'release' } }),
    getAppBaseInfo: () => ({ fontSizeScaleFactor: phone.font ?? 1, fontSizeSetting: 17 }),
    getDeviceInfo: () => ({ platform: 'android' }),
    getWindowInfo: () => ({ windowWidth: phone.width ?? 375 }),
    showModal({ title, content, success, complete }) {
      said.push([title, content])
      success?.({ confirm: phone.says ?? true })
      complete?.({})
    },
    navigateTo: go,
    redirectTo: go,
    reLaunch: go,
    setNavigationBarTitle: note('setNavigationBarTitle'),
    stopPullDownRefresh: note('stopPullDownRefresh'),
    makePhoneCall: note('makePhoneCall'),
    previewImage: note('previewImage'),
    previewMedia: note('previewMedia'),
    openDocument: note('openDocument', phone.unreadable),
    setClipboardData: note('setClipboardData'),
    openPrivacyContract: note('openPrivacyContract'),
    showLoading: note('showLoading'),
    hideLoading: note('hideLoading'),
    scanCode: ({ success }) => success(phone.scanned ?? { result: '' }),
    downloadFile(options) {
      done.push(['downloadFile', options])
      if (phone.offline) options.fail({ errMsg: 'downloadFile:fail' })
      else options.success({ statusCode: phone.download ?? 200, tempFilePath: 'temp.pdf' })
      options.complete()
    },
    chooseMedia({ success, fail }) {
      if (phone.chosen) success({ tempFiles: phone.chosen.map((path) => ({ tempFilePath: path })) })
      else fail({ errMsg: 'chooseMedia:fail cancel' })
    },
    getFileSystemManager: () => ({
      readFile: ({ filePath, success, fail }) =>
        phone.files?.[filePath]
          ? success({ data: phone.files[filePath] })
          : fail({ errMsg: 'readFile:fail' }),
    }),
    requestSubscribeMessage({ tmplIds, success }) {
      done.push(['requestSubscribeMessage', tmplIds])
      const accepted = phone.accepted ?? []
      success(Object.fromEntries(tmplIds.map((id) => [id, accepted.includes(id) ? 'accept' : 'reject'])))
    },
    onNeedPrivacyAuthorization: (listener) => void (wx.askPrivacy = listener),
    getPrivacySetting: ({ success }) => success({ privacyContractName: '阳光村务隐私保护指引' }),

    setInnerAudioOption: note('setInnerAudioOption'),
    createInnerAudioContext() {
      const heard = (name) => () => void wx.heard.push([name, audio.src])
      const audio = {
        src: '',
        ...Object.fromEntries(['play', 'pause', 'stop', 'destroy'].map((name) => [name, heard(name)])),
        onEnded: (listener) => void (wx.audioEnds = listener),
        onError: (listener) => void (wx.audioFails = listener),
      }
      return audio
    },
    /** As WeChat does it: what app.json does not name cannot be had. */
    requirePlugin(name) {
      if (!phone.voice) throw new Error(`plugin "${name}" is not defined`)
      return {
        textToSpeech({ content, success, fail }) {
          spoken.push(content)
          later(() => {
            const answer = phone.voice(content)
            if (answer) success({ retcode: 0, filename: answer })
            else fail({ retcode: -20005 })
          })
        },
      }
    },

    /** Waits until no request is open and nothing follows from the last one. */
    async settled() {
      for (let quiet = 0; quiet < TURNS; quiet = open ? 0 : quiet + 1) {
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    storage, requests, said, visited, done, spoken, heard: [],
  }
  return wx
}
