/** Pictures for a question: chosen, made smaller, sent as the bytes they are. */
import { Failure } from './failure'
import { client } from './wechat'

/** What the server takes. */
const LARGEST = 5 * 1024 * 1024

/** Lets the person choose; gives the paths of the files, none when he changes his mind. */
export function choose(most: number): Promise<string[]> {
  return new Promise((resolve) => {
    wx.chooseMedia({
      count: most,
      mediaType: ['image'],
      sizeType: ['compressed'],
      success: ({ tempFiles }) => resolve(tempFiles.map((file) => file.tempFilePath)),
      fail: () => resolve([]),
    })
  })
}

/** Sends a picture; gives the number by which a question names it. */
export async function send(path: string): Promise<number> {
  const { picture } = await client.ask<{ picture: number }>('POST', '/pictures', await bytes(path))
  return picture
}

function bytes(path: string): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    wx.getFileSystemManager().readFile({
      filePath: path,
      success: ({ data }) => {
        const content = data as ArrayBuffer
        if (content.byteLength <= LARGEST) resolve(content)
        else reject(new Failure('too_large', '这张照片太大了，请换一张。'))
      },
      fail: () => reject(new Failure('file', '这张照片读不出来，请换一张。')),
    })
  })
}
