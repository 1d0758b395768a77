"""What `quizapp examiner` says, and how far an examiner agrees with the reference, which screens say too."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # Beside a verdict
    "examiner_command.untested": Words(
        "not tested: quizapp examiner --test", "这个模型还没有测试过，可运行 quizapp examiner --test"
    ),
    "examiner_command.tested_none": Plural(
        "tested on {n} answer, and judged no point of it",
        "tested on {n} answers, and judged no point of them",
        "用 {n} 个回答测试过，一个要点也没有判断",
    ),
    "examiner_command.tested_few": Words(
        "tested on {n} points, too few to say more than: as the reference {alike}",
        "用 {n} 个要点测试过，数量太少，只能说：与参考一致 {alike}",
    ),
    "examiner_command.tested": Words(
        "tested on {n} points: falsely made {made}, falsely missed {missed}; the reference is one model, read twice",
        "用 {n} 个要点测试过：误判为说到了 {made}，误判为没说到 {missed}；参考是同一个模型判两遍的结果",
    ),
    "examiner_command.rate": Words("{share}% ({low:.0f}-{high:.0f})", "{share}%（{low:.0f}-{high:.0f}）"),
    # How it stands
    "examiner_command.none": Words(
        "No examiner is set up: quizapp examiner --address http://localhost:11434/v1 --model MODEL",
        "还没有设置考官：quizapp examiner --address http://localhost:11434/v1 --model MODEL",
    ),
    "examiner_command.nothing": Words("none", "无"),
    "examiner_command.row_address": Words("Address", "地址"),
    "examiner_command.row_model": Words("Model", "模型"),
    "examiner_command.row_key": Words("Key", "密钥"),
    "examiner_command.row_client": Words("Client", "客户端"),
    "examiner_command.row_consent": Words("Consent", "同意"),
    "examiner_command.row_test": Words("Test", "测试"),
    "examiner_command.key_missing": Words("{key}, which is not set here", "{key}，这里没有设置"),
    "examiner_command.client_there": Words("installed", "已安装"),
    "examiner_command.client_missing": Words("missing: {install}", "没有安装：{install}"),
    "examiner_command.consent_given": Words(
        "you agreed that answers are sent to this address", "你同意过把回答发送到这个地址"
    ),
    "examiner_command.consent_missing": Words("asked before anything is sent", "发送之前会询问"),
    "examiner_command.spent_day": Words("Day", "日期"),
    "examiner_command.spent_model": Words("Model", "模型"),
    "examiner_command.spent_times": Words("asked", "次数"),
    "examiner_command.spent_tokens_in": Words("tokens in", "输入 token"),
    "examiner_command.spent_tokens_out": Words("tokens out", "输出 token"),
    "examiner_command.spent_seconds": Words("time", "用时"),
    "examiner_command.spent_more": Plural(
        "{n} earlier line: --json has all.",
        "{n} earlier lines: --json has all.",
        "更早的还有 {n} 行，--json 输出全部。",
    ),
    # The test
    "examiner_command.sends": Plural(
        "{n} answer of the reference, with its question and points, is sent to the model {model} ({address}). Later, "
        "each time that you ask: the question, its points, and what you typed. A service may charge for it and keep "
        "what it is sent. It is asked once for this address.",
        "{n} answers of the reference, with their questions and points, are sent to the model {model} ({address}). "
        "Later, when you ask, and after each answer that you type in a mock interview: the question, its points, and "
        "what you typed. A service may charge for it and keep what it is sent. It is asked once for this address.",
        "将向模型 {model}（{address}）发送 {n} 个参考回答以及它们的题目和要点。以后每次请考官评判时，以及在模拟"
        "面试中每次书面作答后，会发送：题目、要点和你写的回答。对方可能收费，也可能保存收到的内容。每个地址只问一次。",
    ),
    "examiner_command.ask": Words("Send it there? [y/N] ", "发送吗？[y/N] "),
    "examiner_command.nobody": Words(
        "Nobody to ask whether it may be sent there. 'quizapp examiner --test --yes' sends it.",
        "这里无法询问你是否发送。用 'quizapp examiner --test --yes' 直接发送。",
    ),
    "examiner_command.kept": Words(
        "{done} of {of} answers are judged and kept: the same call goes on from there.",
        "{of} 个回答中已评判 {done} 个，结果已保存：再运行一次就接着做。",
    ),
    "examiner_command.falsely_made": Words("falsely made", "误判为说到了"),
    "examiner_command.falsely_missed": Words("falsely missed", "误判为没说到"),
    "examiner_command.alike": Words("as the reference", "与参考一致"),
    "examiner_command.points": Words("points", "要点数"),
    "examiner_command.hit_words": Words("words to look for", "关键词匹配"),
    "examiner_command.second_reading": Words("the second reading", "第二遍判读"),
    "examiner_command.means": Words(
        "Falsely made: called made, of the {missed} points that the reference calls missed. Falsely missed: called "
        "missed, of the {made} that it calls made. Partly is false in neither.",
        "误判为说到了：参考判为没说到的 {missed} 个要点中，被判为说到了的比例。"
        "误判为没说到：参考判为说到了的 {made} 个要点中，被判为没说到的比例。说到一部分不算误判。",
    ),
    "examiner_command.too_few": Words(
        "Of fewer than 200 points only the agreement is told.", "要点不到 200 个，只给出一致的比例。"
    ),
    "examiner_command.alike_means": Words(
        "As the reference: the same of made, partly and missed; words to look for know no partly. In brackets the 95% "
        "interval, which allows for points of one card going wrong together.",
        "与参考一致：说到了、说到一部分、没说到三者相同；关键词匹配没有“说到一部分”。"
        "括号里是 95% 区间，考虑了同一张卡片的要点会一起判错。",
    ),
    "examiner_command.abstained": Plural(
        "At {n} point it abstained; it is in no figure.",
        "At {n} points it abstained; they are in no figure.",
        "有 {n} 个要点它没有判断，不计入任何比例。",
    ),
    "examiner_command.unread": Plural(
        "Of {n} answer what the model wrote could not be read; it is in no figure.",
        "Of {n} answers what the model wrote could not be read; they are in no figure.",
        "有 {n} 个回答，模型写的内容无法读取，不计入任何比例。",
    ),
    "examiner_command.made_by": Words(
        "The reference: one language model wrote the answers and judged them twice, in sessions that did not see each "
        "other. It is one model, twice, not two people, and may err alike both times.",
        "参考的由来：同一个语言模型写出回答并判了两遍，几次会话互不可见。这是同一个模型的两遍，"
        "不是两个人，两遍可能犯同样的错。",
    ),
}
