//! What is said of small loops.

use super::super::image;
use super::*;

fn facts_at(code: &[u8], others: &[(&str, u64, &[u8])], at: u64) -> Option<String> {
    let functions: Vec<_> =
        [("run", 0x1000, code)].into_iter().chain(others.iter().copied()).collect();
    let image = image::tests::image(&functions);
    let body = Body::new(&image, image.function_at(0x1000).unwrap());
    let part = body.part(at)?;
    Some(body.code(&part).frame())
}

#[test]
fn a_sum_of_floats_is_a_chain_in_the_loop_and_nothing_behind_it() {
    let code = [
        0xf3, 0x0f, 0x58, 0x07, // addss xmm0, [rdi]
        0x48, 0x83, 0xc7, 0x04, // add rdi, 4
        0x48, 0x39, 0xf7, // cmp rdi, rsi
        0x75, 0xf3, // jne to the start
        0xc3,
    ];
    let expected = "[code instructions=4 loads=1 floats=1 chains=1 stride=4]";
    assert_eq!(facts_at(&code, &[], 0x1004).as_deref(), Some(expected));
    assert_eq!(facts_at(&code, &[], 0x100d), None, "it is in no loop, and its function has one");
}

#[test]
fn checks_and_calls_are_told_apart_by_where_they_lead() {
    let code = [
        0x48, 0x39, 0xd1, // cmp rcx, rdx
        0x73, 0x14, // jae to the panic
        0x8b, 0x04, 0x8f, // mov eax, [rdi+rcx*4]
        0xe8, 0xf3, 0x0f, 0x00, 0x00, // call 0x2000, which is small
        0x48, 0xff, 0xc1, // inc rcx
        0x85, 0xc0, // test eax, eax
        0x74, 0xec, // je to the start
        0x48, 0x39, 0xf1, // cmp rcx, rsi
        0x75, 0xe7, // jne to the start
        0xe8, 0xe2, 0x1f, 0x00, 0x00, // call 0x3000, which panics
    ];
    let panic = "_ZN4core9panicking18panic_bounds_check17h0123456789abcdefE";
    let others: [(&str, u64, &[u8]); 2] = [("small", 0x2000, &[0xc3]), (panic, 0x3000, &[0xc3])];
    let expected =
        "[code instructions=9 loads=1 calls=1 small_calls=1 checks=1 guesses=1 stride=4]";
    assert_eq!(facts_at(&code, &others, 0x1005).as_deref(), Some(expected));
}

#[test]
fn a_small_function_is_known_as_a_whole() {
    assert_eq!(
        facts_at(&[0x90, 0xff, 0xc0, 0xc3], &[], 0x1001).as_deref(),
        Some("[code instructions=2 small=1]")
    );
    let calls = [0xe8, 0xfb, 0x0f, 0x00, 0x00, 0xc3];
    assert_eq!(facts_at(&calls, &[("other", 0x2000, &[0xc3])], 0x1000), None);
}

/// Both are written without a build for them: a remainder by shifts, and a sum of bits by masks.
#[test]
fn work_bit_by_bit_is_known_by_its_shifts() {
    let steps = |lines: &[&'static str]| -> Vec<Parts<'static>> {
        lines.iter().map(|line| parts(line)).collect()
    };
    let checksum =
        steps(&["shr eax, 1", "mov ecx, eax", "xor ecx, edi", "test al, 1", "cmove eax, ecx"]);
    assert_eq!(bit_steps(&checksum), 1);
    assert_eq!(bit_steps(&steps(&["lea edx, [r8+r8]", "xor edx, 0x15d6dcb"])), 1);
    assert_eq!(bit_steps(&steps(&["lea edx, [r8+r9]", "xor edx, 0x15d6dcb"])), 0);
    assert_eq!(bit_steps(&steps(&["shr eax, 7", "xor eax, ecx"])), 0, "a hash is none");
    assert_eq!(bit_steps(&steps(&["shr eax, 1", "xor ecx, ecx"])), 0, "nothing is mixed");
    let masks = [
        "shr rcx, 1",
        "and rcx, r8",
        "sub rax, rcx",
        "mov rcx, rax",
        "and rcx, r9",
        "shr rax, 2",
        "and rax, r9",
        "add rax, rcx",
        "mov rcx, rax",
        "shr rcx, 4",
        "add rcx, rax",
        "and rcx, r10",
    ];
    assert!(sums_bits(&steps(&masks)) && !sums_bits(&checksum));
}
