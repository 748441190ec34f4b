"""The tables of the call centre, at the scale of the whole company."""

from crm_lab.schema.table import Column, Table

TOPICS = ("order", "delivery", "return", "product", "complaint")
DAY_TYPES = ("normal", "shopping_festival", "after_festival", "public_holiday")
CONTRACTS = ("full_time", "part_time")
LANGUAGES = ("mandarin", "mandarin_cantonese", "mandarin_english")
TEAMS = ("team_1", "team_2", "team_3", "team_4", "team_5", "team_6")
OUTCOMES = ("answered", "abandoned")

CALL_INTERVALS = Table(
    "call_intervals",
    "The call centre by half-hours, 8:00 to 22:00, two years, whole company",
    "呼叫中心半小时汇总（8:00–22:00，两年，全公司）",
    ("date", "start"),
    (
        Column("date", "date", "Day", "日期"),
        Column("start", "text", "When the half-hour begins", "时段开始", unit="HH:MM"),
        Column("day_type", "text", "What kind of day it is", "日期类型", values=DAY_TYPES),
        Column("offered", "int", "Calls that arrived", "呼入量", unit="calls"),
        Column(
            "answered",
            "int",
            "Of these, answered by an agent, even if later than this half-hour",
            "接通量",
            unit="calls",
        ),
        Column("abandoned", "int", "Of these, given up by the caller", "放弃量", unit="calls"),
        Column("answered_in_20s", "int", "Of these, answered after 20 seconds or less", "20秒内接通量", unit="calls"),
        Column(
            "handling_seconds",
            "float",
            "Mean time an agent was busy with a call answered, notes included; empty if none was",
            "平均处理时长（无接通则为空）",
            unit="s",
            empty=True,
        ),
        Column("agents", "int", "Agents on duty, those on a break not counted", "在岗坐席数", unit="agents"),
    ),
    compressed=True,
)

AGENTS = Table(
    "agents",
    "Everyone who answers the telephone today",
    "坐席员",
    ("agent_id",),
    (
        Column("agent_id", "text", "Number of the agent", "坐席编号"),
        Column("name", "text", "Name", "姓名", localised=True),
        Column("team", "text", "Team", "班组", values=TEAMS),
        Column("contract", "text", "Full time or part time", "用工形式", values=CONTRACTS),
        Column("hours_per_week", "int", "Hours of work agreed for a week", "每周合同工时", unit="h"),
        Column("hired_at", "date", "First day of work", "入职日期"),
        Column("languages", "text", "Languages spoken", "语言", values=LANGUAGES),
        Column(
            "skills",
            "text",
            "Topics the agent is trained in, with ; between them; today every agent answers every topic",
            "受训主题（以分号分隔；目前所有坐席接听所有主题）",
        ),
    ),
)

SHIFTS = Table(
    "shifts",
    "Who was on telephone duty when, from Monday 3 November 2025; other hours go to mail and chat",
    "电话坐席排班（2025年11月3日起，其余工时处理邮件与在线咨询）",
    ("agent_id", "starts_at"),
    (
        Column("agent_id", "text", "The agent", "坐席编号", refers="agents.agent_id"),
        Column("starts_at", "time", "When the shift begins", "上班时间"),
        Column("ends_at", "time", "When it ends; a call in progress is finished", "下班时间"),
        Column("break_starts_at", "time", "When the break begins; empty in a short shift", "休息开始", empty=True),
        Column("break_ends_at", "time", "When the break ends", "休息结束", empty=True),
    ),
    compressed=True,
)

CALLS = Table(
    "calls",
    "One row a call, 10 to 16 November 2025, whole company",
    "单次来电（2025年11月10日至16日，全公司）",
    ("call_id",),
    (
        Column("call_id", "text", "Number of the call", "来电编号"),
        Column("arrived_at", "moment", "When the call arrived", "来电时间"),
        Column("topic", "text", "What it is about", "主题", values=TOPICS),
        Column(
            "priority",
            "bool",
            "A dealer or business customer; today served in order of arrival like everyone",
            "重点客户（目前同样按先后顺序接听）",
        ),
        Column(
            "customer_id",
            "text",
            "Who calls; empty for customers outside the panel",
            "客户编号（样本外客户为空）",
            refers="customers.customer_id",
            empty=True,
        ),
        Column("outcome", "text", "Answered, or given up by the caller", "结果", values=OUTCOMES),
        Column("wait_seconds", "int", "Time until it was answered or given up", "等待时长", unit="s"),
        Column(
            "handling_seconds",
            "float",
            "Time the agent was busy with it, notes included; empty if given up",
            "处理时长（放弃则为空）",
            unit="s",
            empty=True,
        ),
        Column(
            "agent_id",
            "text",
            "Who answered: of those free, the one free longest; empty if given up",
            "坐席编号（放弃则为空）",
            refers="agents.agent_id",
            empty=True,
        ),
    ),
    compressed=True,
)

CALL_CENTRE = (CALL_INTERVALS, AGENTS, SHIFTS, CALLS)
