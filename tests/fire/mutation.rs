//! What accidents and attackers do to bytes.

use crate::random::Random;

/// Pieces that parsers have special cases for.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xf0\x9f\x98\x80",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\r",
    b"\n",
    b"\t",
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<p>",
    b"<table>",
    b"<b>",
    b"<svg>",
    b"<math>",
    b"<template>",
    b"<select>",
    b"<plaintext>",
    b"<script>",
    b"</script>",
    b"<pre>\n",
    b"&",
    b"&#",
    b"&#x110000;",
    b"&#xd800;",
    b"&notit;",
    b"=\"",
    b"'",
    b"<meta charset=utf-16>",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\\u",
    b"\\ud800",
    b":",
    b",",
    b"null",
    b"true",
    b"-1",
    b"1e400",
    b"0.5",
    b"4294967295",
    b"4294967296",
    b"9007199254740993",
    b"18446744073709551616",
    b"__proto__",
    b"\"v\":2",
    b"\"start\"",
    b"\"end\"",
    b"\"position\"",
    b"\"quote\"",
    b"\"id\"",
    b"#",
    b"*",
    b"_",
    b"`",
    b"|",
    b"|-|",
    b"![",
    b"](",
    b"* * ",
    b"    ",
    b" ",
    b"=",
];

/// The longest that a mutation makes of what it is given, in bytes.
const LONGEST: usize = 100_000;

/// One to four changes of `bytes`; `others` are what it may be crossed with.
pub fn mutate(bytes: &[u8], others: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        change(&mut bytes, others, random);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(bytes: &mut Vec<u8>, others: &[Vec<u8>], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let length = match random.below(3) {
        0 => 1,
        1 => random.below(16),
        _ => random.below(bytes.len() + 1),
    };
    let end = (at + length).min(bytes.len());
    match random.below(9) {
        0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        1 if at < bytes.len() => bytes[at] = random.next() as u8,
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..end)),
        4 => {
            let part = bytes[at..end].to_vec();
            let times = 1 + random.below(if part.len() < 64 { 200 } else { 3 });
            insert(bytes, at, &part.repeat(times));
        }
        5 => {
            let other = others
                .get(random.below(others.len()))
                .map_or(&b""[..], Vec::as_slice);
            let from = random.below(other.len());
            let to = (from + 1 + random.below(200)).min(other.len());
            insert(bytes, at, &other[from..to]);
        }
        6 => bytes[at..end].reverse(),
        7 => insert(
            bytes,
            at,
            &random.pick(PIECES).repeat(1 + random.below(300)),
        ),
        _ => {
            let piece = PIECES[random.below(PIECES.len())];
            insert(bytes, at, piece);
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    bytes.splice(at..at, part.iter().copied());
}
