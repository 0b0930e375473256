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
        "security/yangguang_wechat_residence_rules.xml",
        "data/ir_cron_data.xml",
        "data/ir_cron_check.xml",
        "views/yangguang_wechat_setting_views.xml",
        "views/yangguang_wechat_code_views.xml",
        "views/yangguang_wechat_residence_views.xml",
        "views/telephone_views.xml",
        "views/telephone_templates.xml",
    ],
    "external_dependencies": {
        "python": ["cryptography", "lxml", "requests"],
    },
}
