//! Programs on which parsers tend to differ: every error, every short form, and arithmetic at its
//! ends.

use crate::token::LIMIT;

/// Hand-made programs, for the tests and for the gate before the clock.
pub fn edges() -> Vec<String> {
    let short = "|\n|;|a|a=|a=1|a=1;|a=1;;|a=1;b|=1;|1=1;|a=();|a=(1;|a=1);|a=f(;|a=f(,);|\
                 a=f();|a=f(1,);|\
                 a=f(1 2);|a=f(1)(2);|a=-;|a=--1;|a=1--1;|a=1+;|a=+1;|a=*;|a=b=c;|\
                 a=b c;|a==1;|é=1;|aé=1;|a=é;|a=1é;|abcdefg=1;|abcdefgh=1;|abcdefghi=_a1;|\
                 abcdefghé=1;|a\u{0}=1;|a=1/0%0;|a=0x1;|a=f (1);|a=1;\n|a=1;b=a|\
                 a=9-4-3;|a=7|6&3<4+5%2;|a=1>2|8/3*2;|a=-2--3;|a=f(b,-(1+2),c*d);";
    let least = "-9223372036854775807-1";
    let ends = ["99999999999999999999", &format!("({least})/-1"), &format!("({least})%-1")];
    let ends = ends.map(|text| format!("a=-({text})*f({text});"));
    let deep = [LIMIT as usize, LIMIT as usize + 1]
        .map(|levels| format!("b=1;a={}1{};", "(".repeat(levels), ")".repeat(levels)));
    short.split('|').map(str::to_owned).chain(ends).chain(deep).collect()
}
