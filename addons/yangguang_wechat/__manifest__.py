{
    "name": "Sunshine Village Affairs: WeChat",
    "version": "19.0.1.0.0",
    "summary": "The service of the mini-program in which villagers read, ask and are told",
    "category": "Public Administration",
    "author": "Sunshine Village Affairs",
    "license": "LGPL-3",
    "depends": ["yangguang_cunwu"],
    "data": [
        "security/ir.model.access.csv",
    ],
    "external_dependencies": {
        "python": ["cryptography", "lxml", "requests"],
    },
}
