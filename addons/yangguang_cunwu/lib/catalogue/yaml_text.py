"""YAML in which every scalar is a string: `no`, `2026-01-01` and `1234.50` stay what they say."""

import yaml

SIZE_LIMIT = 5_000_000  # characters
_NOTHING = {"", "~", "null"}


def load(source: str):
    """Lists, dictionaries, strings and None from YAML made by people.

    Raises ValueError with the line for broken YAML, a key given twice, and anchors (by which a
    small file could swell to any size).
    """
    if len(source) > SIZE_LIMIT:
        raise ValueError("文件过大")
    try:
        node = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ValueError(f"第{line}行：写法有误，请检查缩进和冒号") from None
    except (yaml.YAMLError, RecursionError):
        raise ValueError("文件里有不能识别的内容") from None
    return _construct(node, set()) if node else None


def dump(data) -> str:
    """`data` as YAML, keys in their order; the inverse of `load` for what `to_plain` gives."""
    return yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
        # lists and dictionaries of scalars alone go on one line
        default_flow_style=None,
    )


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
    def ignore_aliases(self, data):
        return True


def _construct(node, seen):
    if id(node) in seen:
        raise ValueError(f"第{node.start_mark.line + 1}行：不能用锚点和引用")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _NOTHING else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_construct(member, seen) for member in node.value]
    result = {}
    for key_node, value_node in node.value:
        key = _construct(key_node, seen)
        if not isinstance(key, str) or key in result:
            raise ValueError(f"第{key_node.start_mark.line + 1}行：「{key}」重复或不能作名称")
        result[key] = _construct(value_node, seen)
    return result
