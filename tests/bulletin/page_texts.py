"""Seven bulletins as an editor would write them, with values a record could give: the page is tried with these."""

from __future__ import annotations

from decimal import Decimal

VALUES = {
    name: Decimal(value)
    for name, value in {
        "S5.schools": "24", "S5.thanks": "5", "S5.notice_items": "264", "S5.errands": "31", "S5.trips_saved": "58",
        "S5.refund_enterprises": "124", "S5.refund_total": "124315160.00", "S5.loan_borrowers": "39",
        "S5.loan_total": "90000000.00", "S5.claims_settled": "149", "S5.labour_met": "18", "S5.labour_placed": "1260",
        "S6.sites": "17", "S6.sites_disinfected": "17", "S6.streets_before_six_rate": "100.0", "S6.streets": "42",
        "S6.toilet_rounds": "186", "S6.masks_kg": "213.50", "S6.mask_trips": "68",
        "S7.compounds": "49", "S7.compounds_covered": "49", "S7.paired_units": "3", "S7.paired_cadres": "9",
        "S7.paired_communities": "6", "S7.paired_compounds": "9",
        "S3.targets_covered": "36", "S3.visits": "36", "S3.hazards_found": "27", "S3.hazards_cleared": "27",
        "S1.participants": "38", "S1.attendance_rate": "95.0", "S1.made_up": "2", "S2.sections": "5",
        "S2.materials": "15", "S4.sessions": "14", "S4.essays": "23", "S4.lectures": "4",
    }.items()
}  # fmt: skip

TEXTS: dict[str, dict[str, dict[str, str]]] = {
    "S5": {
        "zh-hans": {
            "kicker": "区人社局组建专班，当好企业的“跑腿员”",
            "headline": "宁可自己跑断腿，不让企业多跑一趟",
            "subhead": "{S5.schools}所民办培训学校复课，{S5.refund_enterprises}家企业领到稳岗返还",
            "body": """“以前办一件事，要把几个窗口都问一遍；这回材料递上去，剩下的路都是专班替我们跑的。”复课当天，一位校长在回访电话里这样说。截至目前，全区{S5.schools}所民办职业培训学校已经全部复课，其中{S5.thanks}所把锦旗送到了区人社局。

## 一张清单，一趟办完

{label:六月}，复课通知一到，专班当天拟好告知书，把卫健、市场监管、街道等各家的要求逐条列清，共{S5.notice_items}项，提前以书面形式送到每所学校，清单以外不再增加任何要求。随后，各部门同一时间上门，防疫条件一起看、意见当场说。凡是需要盖章审批的，由专班代为递送：{S5.errands}件材料在各个窗口之间流转，每一手都有签收，替学校少跑{S5.trips_saved}趟。

## 钱找企业，不让企业找钱

专班把参保、缴费和裁员数据逐户比对，符合条件的企业由人社局主动提出，企业只须确认。{S5.refund_enterprises}家企业领到应急稳岗返还{S5.refund_total:万}元；{S5.loan_borrowers}户小微企业和个体工商户申请创业担保贷款{S5.loan_total:万}元。{label:三月}用工紧张时，专班连续加班联系各方，{S5.labour_met}家规模以上企业的用工需求全部得到满足，{S5.labour_placed}人陆续到岗。

## 先当宣传员，再当调解员

一家商场停业后，专班第一时间到场，几番与企业和职工代表面对面商谈，{label:24小时}热线同时接听双方来电。{S5.claims_settled}名职工的不同诉求，在最短的时间里逐一化解，协议签了字，款项到了账。

“跑腿不是目的，把规矩讲清楚、把路修短，才是目的。”专班负责人说，下一步，代跑的事项要继续减，能在网上核验的材料不再收纸，能一起看的现场不再分头去。""",
        },
        "en": {
            "kicker": "The human resources bureau runs the errands of enterprises",
            "headline": "Rather run ourselves off our feet than let an enterprise make one more trip",
            "subhead": "{S5.schools} private training schools reopen; {S5.refund_enterprises} enterprises receive refunds",
            "body": """“We used to ask at every counter in turn. This time we handed the papers in and the task force did the walking,” the head of a school said when the bureau called back. All {S5.schools} private vocational training schools of the district are open again, and {S5.thanks} of them have sent a banner of thanks.

## A single list, a single visit

When the notice came in June, the task force wrote down what health, market regulation and the sub-districts each require: {S5.notice_items} points in all, told in writing and in advance. Nothing outside the list was asked for later. The departments then came together, looked at everything in the same visit and gave their opinion on the spot. Where a stamp was needed the task force carried the papers: {S5.errands} errands, signed for at every hand, saved the schools {S5.trips_saved} trips.

## Money that finds the enterprise

Insurance, payment and lay-off data were compared firm by firm; whoever qualified was proposed by the bureau and only had to confirm. {S5.refund_enterprises} enterprises received {S5.refund_total:million} yuan of job-stabilisation refunds, and {S5.loan_borrowers} small firms and sole traders applied for {S5.loan_total:million} yuan of start-up loans. In March the task force had found workers for {S5.labour_met} larger enterprises, {S5.labour_placed} people in all.

## First explain, then mediate

When a department store closed, the task force was on site at once and met the enterprise and the representatives of its employees again and again, with a {label:24-hour} line open to both. The claims of {S5.claims_settled} employees were settled in the shortest time.""",
        },
    },
    "S7": {
        "zh-hans": {
            "kicker": "{label:三项工程}改面貌，长效管理补短板",
            "headline": "{S7.compounds}个无主管楼院都有了“当家人”",
            "subhead": "",
            "body": """没有单位管、没有物业管、没有人管，曾是老楼院的难题。街道以{label:三项工程、一项管理}为抓手，在{S7.compounds}个无主管楼院逐院建起{label:三类组织}，定责任、有监督、有评价，目前{S7.compounds_covered}个楼院实现全覆盖。

支部结对楼院，干部包干到院。{S7.paired_units}家区直机关的党支部与{S7.paired_cadres}名领导干部，分别同{S7.paired_communities}个社区的{S7.paired_compounds}个楼院结成对子，居民有事随时能找到人。如今走进院子，道路干净了，楼体刷新了，墙面整洁了，花草也补种上了。""",
        },
        "en": {
            "kicker": "Repair first, then keep it in order",
            "headline": "{S7.compounds} compounds without a manager now have somebody in charge",
            "subhead": "",
            "body": """No parent unit, no property firm, no manager: that was the trouble of the old compounds. In {S7.compounds} of them the sub-district has set up {label:three kinds of organisation}, with duties, supervision and evaluation; {S7.compounds_covered} are fully covered.

Branches pair with compounds and cadres take a compound each: {S7.paired_units} district bodies and {S7.paired_cadres} leading cadres are paired with {S7.paired_compounds} compounds in {S7.paired_communities} communities. Roads are clean, buildings renewed, walls tidy, and there is green again.""",
        },
    },
    "S6": {
        "zh-hans": {
            "kicker": "环卫保障开启“加强模式”",
            "headline": "{S6.sites}个考点：{label:六时}之前，路已洗净",
            "subhead": "消杀不留死角，保洁随脏随清",
            "body": """{date:2020-07-05}，环卫部门带着设备进入全区{S6.sites}个考点，校园、操场、餐厅、走廊、卫生间逐处消杀，{S6.sites_disinfected}个考点全部完成。

考试当天，周边道路的清扫、收运和冲洗全部提前，{S6.streets}条路段清晨作业按时完成率{S6.streets_before_six_rate}。开考前后，环卫工人在考点四周值守，垃圾落地即清；公厕在固定消杀之外跟进{S6.toilet_rounds}次，方便陪考家长。

废弃口罩按考生人数和备用隔离考点灵活收运，加车、加频次，{S6.mask_trips}车次共收运{S6.masks_kg}千克，专人、专车、专桶，日产日清。""",
        },
        "en": {
            "kicker": "Sanitation in enhanced mode",
            "headline": "{S6.sites} exam sites: the roads were washed before daybreak",
            "subhead": "",
            "body": """On {date:2020-07-05} machines and people went into all {S6.sites} exam sites and disinfected campus, playground, canteen, corridors and toilets; {S6.sites_disinfected} sites were finished.

On the exam days {S6.streets} street sections were swept and flushed early, {S6.streets_before_six_rate} of them on time. Workers stayed around the sites before and after every paper. Toilets near by were disinfected {S6.toilet_rounds} times beyond the daily rounds, and {S6.mask_trips} vehicle trips collected {S6.masks_kg} kg of used masks.""",
        },
    },
    "S3": {
        "zh-hans": {
            "kicker": "安全生产月",
            "headline": "排隐患筑防线，道路货运绷紧安全弦",
            "subhead": "",
            "body": """围绕“消除事故隐患，筑牢安全防线”，区建设交通部门成立领导小组，细化方案，上下联动。运输企业和驾校的电子屏滚动播放提示，工作群随时推送，{S3.targets_covered}家单位全部覆盖。

检查人员{S3.visits}次上门，讲法规、教防范，当场查出隐患{S3.hazards_found}处，限期整改、逐处复查，已全部销号{S3.hazards_cleared}处。""",
        },
        "en": {
            "kicker": "Safety month",
            "headline": "Hazards found, named and cleared on the roads",
            "subhead": "",
            "body": """Under the theme of removing hazards and building a safety line, messages ran on the screens of hauliers and driving schools and in their work groups; {S3.targets_covered} were reached.

In {S3.visits} visits officers taught the rules and found {S3.hazards_found} hazards; {S3.hazards_cleared} are cleared and looked at again.""",
        },
    },
    "S1": {
        "zh-hans": {
            "kicker": "",
            "headline": "同上一堂课，联系实际谈体会",
            "subhead": "",
            "body": """{date:2020-07-03}下午，区直机关组织全体党员干部在{label:二楼}会议室集中收看专题讲座{label:第一集}。{S1.participants}人到会，到会率{S1.attendance_rate}，因事请假的{S1.made_up}人已补学。收看结束后，大家结合岗位谈认识，把学习成果落到全区中心工作上。""",
        },
        "en": {
            "kicker": "",
            "headline": "The same lesson, tied to daily work",
            "subhead": "",
            "body": """On {date:2020-07-03} the staff of a district body watched the first episode of a televised lecture. {S1.participants} attended, {S1.attendance_rate}, and {S1.made_up} made the session up. They then tied it to the district's goals.""",
        },
    },
    "S2": {
        "zh-hans": {
            "kicker": "",
            "headline": "业务骨干登台，比岗位讲门道",
            "subhead": "",
            "body": """区工信部门举办岗位业务比武，{S2.sections}个科室各派代表上台：怎样写好材料，什么是新基建，中小企业公共服务平台与创新示范基地有何不同、申报能给企业带来什么，信访怎样接得住、办得好。{S2.materials}份讲稿整理入库，窗口随时可查。""",
        },
        "en": {
            "kicker": "",
            "headline": "Colleagues teach what their posts know",
            "subhead": "",
            "body": """{S2.sections} sections of the industry bureau presented the knowledge of their posts, from writing reports to handling petitions. {S2.materials} papers are kept where the desk can find them.""",
        },
    },
    "S4": {
        "zh-hans": {
            "kicker": "",
            "headline": "学习有定额，文章接地气",
            "subhead": "",
            "body": """自然资源部门抓实{label:三级}学习：中心组按月开展，今年已集中学习{S4.sessions}次；围绕热点难点请来专家{S4.lectures}次；干部结合本职撰写体会和调研{S4.essays}篇。谁落下了进度，系统当天就能看见，不打分、不排名。""",
        },
        "en": {
            "kicker": "",
            "headline": "Study with a plan, essays with a use",
            "subhead": "",
            "body": """The core group met {S4.sessions} times this year, invited {S4.lectures} lecturers, and members wrote {S4.essays} essays on their own work. Whoever falls behind sees it the same day; nobody is ranked.""",
        },
    },
}  # fmt: skip

CREDITS = {
    "S5": ("何晓光", "周敏", "林一帆"),
    "S7": ("宋佳", "马丽娜", "林一帆"),
    "S6": ("郭子瑜", "陈立", "林一帆"),
    "S3": ("何晓光", "杜文", ""),
    "S1": ("宋佳", "", ""),
    "S2": ("郭子瑜", "袁媛", ""),
    "S4": ("宋佳", "冯涛", ""),
}
