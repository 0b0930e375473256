import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("yangguang_portal_vote", {
    steps: () => [
        {
            content: "The card on the portal's home page counts what waits",
            trigger: ".o_portal_my_home a[href='/my/reviews']:contains(1)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "First tap: the sheet",
            trigger: ".yangguang_portal_waiting",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Second tap: agree; nothing is sent yet",
            trigger: ".yangguang_portal_bar a[href$='#agree']",
            run: "click",
        },
        {
            content: "Third tap: confirm",
            trigger: "#agree:target button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The page says how one has voted",
            trigger: ".yangguang_portal h1:contains(You have voted: agree)",
        },
    ],
});
