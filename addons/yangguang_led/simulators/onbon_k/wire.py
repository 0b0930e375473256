"""The bytes of frames as the card reads and writes them, by the tables of the protocol."""


def u16(two):
    """Two bytes, low one first."""
    return two[0] | two[1] << 8


def escaped(body):
    """What goes between the edges of a frame."""
    marks = {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}
    return b"".join(marks.get(byte, bytes([byte])) for byte in body)


def unescaped(data):
    """None if a mark is followed by anything but 1 or 2."""
    body, position = bytearray(), 0
    while position < len(data):
        byte = data[position]
        position += 1
        if byte in (0xA6, 0x5B):
            if position == len(data) or data[position] not in (1, 2):
                return None
            byte -= data[position] - 1
            position += 1
        body.append(byte)
    return bytes(body)


def _crc_of_byte(byte):
    for _bit in range(8):
        byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
    return byte


_CRC_OF_BYTES = [_crc_of_byte(byte) for byte in range(256)]


def crc(data):
    """CRC-16/ARC."""
    register = 0
    for byte in data:
        register = register >> 8 ^ _CRC_OF_BYTES[(register ^ byte) & 0xFF]
    return register


def crc_holds(body):
    """Whether a frame ends in its CRC."""
    return crc(body[:-2]) == u16(body[-2:])
