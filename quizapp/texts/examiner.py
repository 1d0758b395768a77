"""What stands in the way to an examiner, or in what it said."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "examiner.no_client": Words(
        "An examiner is asked with httpx, which is not installed: {command}",
        "请考官评判需要 httpx，但没有安装：{command}",
    ),
    # The address
    "examiner.address.bad": Words(
        "'{address}' is no address of an examiner. Write it like http://localhost:11434/v1",
        "'{address}' 不是考官的地址。应类似 http://localhost:11434/v1",
    ),
    "examiner.address.user": Words(
        "An examiner's address has no name and no password in it; name the key in its own setting.",
        "考官地址里不能有用户名和密码；密钥请在“考官密钥”里指明。",
    ),
    "examiner.address.query": Words(
        "An examiner's address has no '?' and no '#' in it. It ends like /v1; name the key in its own setting.",
        "考官地址里不能有“?”和“#”，结尾应类似 /v1；密钥请在“考官密钥”里指明。",
    ),
    "examiner.address.clear": Words(
        "Plain HTTP to {host} can be read on the way, and so can the key. Use https, or write {written} if you want "
        "just that.",
        "用明文 HTTP 发往 {host} 的内容，包括密钥，途中他人都能读到。请用 https；如果确实要这样，请写成 {written}",
    ),
    # The key
    "examiner.key.name": Words(
        "This setting names what holds the key, and is not the key: env:NAME for an environment variable, keyring:NAME "
        "for an entry of the keyring.",
        "这项设置写密钥存放在哪里，不写密钥本身：env:NAME 是环境变量，keyring:NAME 是钥匙串条目。",
    ),
    "examiner.key.no_env": Words(
        "The environment variable {name}, which is to hold the examiner's key, is not set.",
        "环境变量 {name} 没有设置，而考官密钥应当存放在里面。",
    ),
    "examiner.key.no_keyring": Words(
        "The keyring has no entry {name} of the service quizapp. Add it: keyring set quizapp {name}",
        "钥匙串里没有服务 quizapp 的条目 {name}。添加方法：keyring set quizapp {name}",
    ),
    "examiner.key.no_package": Words(
        "A key in the keyring is read with keyring, which is not installed: pip install keyring",
        "读取钥匙串里的密钥需要 keyring，但没有安装：pip install keyring",
    ),
    "examiner.key.refused": Words("The keyring did not give the key: {why}.", "钥匙串没有给出密钥：{why}。"),
    "examiner.key.odd": Words(
        "What {name} holds is no key: there is a space, a line break or another sign in it that no key has.",
        "{name} 里存的不是密钥：含有空格、换行或其他密钥里不会有的字符。",
    ),
    # What it is told
    "examiner.prompt.no_utf8": Words("{file} is not UTF-8.", "{file} 不是 UTF-8。"),
    "examiner.prompt.lacks": Words(
        "{file} lacks {names}; delete the file, and quizapp's own is used.",
        "{file} 缺少 {names}；删除这个文件，就会使用 quizapp 自带的。",
    ),
    "examiner.prompt.unknown": Words(
        "{file} holds {names}, which quizapp does not know.", "{file} 中有 quizapp 不认识的 {names}。"
    ),
    "examiner.too_long": Words(
        "The answer is too long for an examiner: with its question more than {most:,} characters. Nothing was sent.",
        "回答太长，无法发给考官：连同题目超过 {most:,} 个字符。什么都没有发送。",
    ),
    # The way there
    "examiner.no_server": Words("No examiner answers at {host}. Is it running?", "{host} 没有响应。考官服务启动了吗？"),
    "examiner.unknown_host": Words(
        "{host} is not found. Is the address right, and is there a network?", "找不到 {host}。地址对吗？网络通吗？"
    ),
    "examiner.hung_up": Words("{host} hung up without an answer.", "{host} 没有回答就断开了连接。"),
    "examiner.tls": Words(
        "The connection to {host} is not safe{said}. Nothing was sent. SSL_CERT_FILE may name your own certificate.",
        "到 {host} 的连接不安全{said}。什么都没有发送。自己的证书请用 SSL_CERT_FILE 指明。",
    ),
    "examiner.certificates": Words(
        "The certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read ({why}).",
        "SSL_CERT_FILE 或 SSL_CERT_DIR 指明的证书无法读取（{why}）。",
    ),
    "examiner.proxy": Words(
        "The proxy {proxy}, which the environment names, refuses{said}.",
        "环境变量指明的代理 {proxy} 拒绝了请求{said}。",
    ),
    "examiner.no_proxy": Words(
        "The proxy {proxy}, which the environment names, does not answer. To reach {host} without it, put {host} in "
        "NO_PROXY.",
        "环境变量指明的代理 {proxy} 没有响应。要不经代理访问 {host}，请把 {host} 写进 NO_PROXY。",
    ),
    "examiner.odd_proxy": Words(
        "The proxy {proxy}, which the environment names, is none that can be used ({kind}). Write it like "
        "http://proxy:3128",
        "环境变量指明的代理 {proxy} 无法使用（{kind}）。应类似 http://proxy:3128",
    ),
    "examiner.silent": Words("{host} said nothing for {n} s.", "{host} {n} 秒没有任何回应。"),
    "examiner.stalled": Words(
        "{host} stopped in the middle and said nothing more for {n} s.", "{host} 说到一半停下，{n} 秒没有下文。"
    ),
    "examiner.endless": Words("{host} did not come to an end in {n} s.", "{host} {n} 秒都没有说完。"),
    "examiner.too_much": Words(
        "{host} says more than any verdict can be long, and was stopped.", "{host} 的输出远超评判所需的长度，已停止。"
    ),
    "examiner.half": Words(
        "The connection to {host} broke off in the middle of the answer.", "回答到一半，与 {host} 的连接断开了。"
    ),
    "examiner.failed": Words("{host} could not be asked: {why}.", "无法询问 {host}：{why}。"),
    # What it answers instead
    "examiner.said": Words(": “{words}”", "：“{words}”"),
    "examiner.again.seconds": Words(" Again in {n} s.", "{n} 秒后可再试。"),
    "examiner.again.minutes": Words(" Again in {n} min.", "{n} 分钟后可再试。"),
    "examiner.redirect": Words(
        "{host} points to another address, which is not followed: {to}", "{host} 要求转到另一个地址，没有照做：{to}"
    ),
    "examiner.wants_key": Words(
        "{host} wants a key{said}. Name what holds it, as in env:NAME.",
        "{host} 需要密钥{said}。请指明它存放在哪里，例如 env:NAME。",
    ),
    "examiner.wrong_key": Words(
        "{host} does not take the key that {key} holds{said}.", "{host} 不接受 {key} 里的密钥{said}。"
    ),
    "examiner.forbidden": Words(
        "{host} does not allow this with the key that {key} holds{said}.",
        "{host} 不允许用 {key} 里的密钥这样做{said}。",
    ),
    "examiner.no_model": Words("{host} has no model {model}{said}.", "{host} 没有模型 {model}{said}。"),
    "examiner.no_page": Words(
        "{host} is there, but not at this address. Most addresses end with /v1.",
        "{host} 有响应，但地址不对。地址大多以 /v1 结尾。",
    ),
    "examiner.limit": Words(
        "{host} takes no more for now, a limit is reached{said}.{again}", "{host} 暂时不再接受：已达上限{said}。{again}"
    ),
    "examiner.http": Words(
        "{host} answers with error {status}{said}.{again}", "{host} 返回错误 {status}{said}。{again}"
    ),
    "examiner.inside": Words("{host} gave up in the middle: “{said}”.", "{host} 中途报错：“{said}”。"),
    "examiner.no_examiner": Words(
        "What answers at {host} does not speak as an examiner does (OpenAI's chat completions).",
        "{host} 上的服务不支持考官要用的接口（OpenAI 的 chat completions）。",
    ),
    # What it said
    "examiner.nothing": Words("{model} said nothing.", "{model} 什么也没说。"),
    "examiner.unread": Words(
        "What {model} said is not in the form that it was asked for, and cannot be read.",
        "{model} 没有按要求的格式回答，读不出结果。",
    ),
    "examiner.unfinished": Words("{model} stopped before the end of its answer.", "{model} 没有说完就停了。"),
    "examiner.cut": Words(
        "{model} had used up its tokens before it was done. If it thinks aloud, a model that does not is the better "
        "examiner.",
        "{model} 的 token 用完了还没说完。如果它是推理模型，换一个不长篇思考的模型更合适。",
    ),
}
