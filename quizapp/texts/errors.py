"""Of which kind an error of a library is, by the name of its class. In English it is told in the library's words."""

from quizapp.texts import Text
from quizapp.words import Words

_NO_DATABASE = Words("is no database that can be read", "不是能读取的数据库，或已损坏")
_NO_PACKING = Words("what is packed is damaged", "压缩的数据已损坏")
_NO_JSON = Words("is no JSON of this kind", "不是这种格式的 JSON")
_ODD = Words("holds values that cannot be read", "其中有无法读取的值")
TEXTS: dict[str, Text] = {
    "errors.BadZipFile": Words("is no zip file", "文件已损坏，或格式不对"),
    "errors.ZstdError": _NO_PACKING,
    "errors.error": _NO_PACKING,  # zlib's
    "errors.EOFError": _NO_PACKING,
    "errors.NotImplementedError": Words("is packed in a way that is not read", "压缩方式不受支持"),
    "errors.DatabaseError": _NO_DATABASE,
    "errors.OperationalError": _NO_DATABASE,
    "errors.RecursionError": Words("is nested too deep", "嵌套太深"),
    "errors.TypeError": Words("holds values of another kind", "其中值的类型不对"),
    "errors.ValueError": _ODD,
    "errors.KeyError": _ODD,
    "errors.IndexError": _ODD,
    "errors.AttributeError": _ODD,
    "errors.OverflowError": _ODD,
    "errors.JSONDecodeError": _NO_JSON,
    "errors.Error": Words("is no text in columns", "字段太长，或引号不成对"),  # csv's
    "errors.DecodeError": _NO_JSON,
    "errors.ValidationError": _NO_JSON,
    "errors.UnicodeDecodeError": Words("is no UTF-8", "不是合法的 UTF-8"),
}
