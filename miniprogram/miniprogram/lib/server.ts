/** Where the server is. The one thing to fill in before uploading; see README.md. */

/** The address of the village affairs server, as it is registered with WeChat. */
export const SERVER = 'https://cunwu.example.cn'

/** `./yangguang run` on the same computer, for WeChat's developer tools. */
export const LOCAL_SERVER = 'http://localhost:8069'
