"""What `quizapp examiner` says, and how far an examiner agrees with the reference, which screens say too."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # Beside a verdict
    "examiner_command.untested": Words(
        "This model was not tested: quizapp examiner --test", "没有测试过这个模型：quizapp examiner --test"
    ),
    "examiner_command.tested_few": Words(
        "Tested: as the reference at {alike} of {n} points, too few to say more",
        "测试：{n} 个要点中有 {alike} 与参考一致，数量太少，不再细分",
    ),
    "examiner_command.tested": Words(
        "Tested on {n} points: falsely made {made}, falsely missed {missed}; the reference is one model, read twice",
        "用 {n} 个要点测试：误判为说到 {made}，误判为没说到 {missed}；参考由同一个模型读两遍得出",
    ),
    "examiner_command.rate": Words("{share}% ({low:.0f}-{high:.0f})", "{share}%（{low:.0f}-{high:.0f}）"),
}
