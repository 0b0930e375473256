{
    "name": "Sunshine Village Affairs: LED screens",
    "version": "19.0.1.0.0",
    "summary": "Outdoor screens show what is published, by themselves, and prove it",
    "category": "Public Administration",
    "author": "Sunshine Village Affairs",
    "license": "LGPL-3",
    "depends": ["yangguang_cunwu"],
    "external_dependencies": {"python": ["Pillow", "pyserial", "requests"]},
}
