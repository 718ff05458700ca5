//! What is said of small loops.

use super::super::image;
use super::steps::*;
use super::*;

fn facts_at(code: &[u8], others: &[(&str, u64, &[u8])], at: u64) -> Option<String> {
    facts_with(code, others, at, &Heat::new())
}

fn facts_with(code: &[u8], others: &[(&str, u64, &[u8])], at: u64, heat: &Heat) -> Option<String> {
    let functions: Vec<_> =
        [("run", 0x1000, code)].into_iter().chain(others.iter().copied()).collect();
    let image = image::tests::image(&functions);
    let body = Body::new(&image, image.function_at(0x1000).unwrap());
    let part = body.part(at)?;
    Some(body.code(&part, heat).frame())
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
    let expected = "[code instructions=4 loads=1 floats=1 chains=1 stride=4 record=4 used=100]";
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
    let expected = "[code instructions=9 loads=1 calls=1 small_calls=1 checks=1 guesses=1 \
                    stride=4 record=4 used=100 asks=1]";
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

/// A tree is walked by calls of what a node holds; a number that becomes smaller is none.
#[test]
fn a_function_that_calls_itself_of_what_it_read_goes_down_a_tree() {
    let tree = [
        0x53, // push rbx
        0x48, 0x89, 0xfb, // mov rbx, rdi
        0x48, 0x8b, 0x7b, 0x08, // mov rdi, [rbx+8]
        0xe8, 0xf3, 0xff, 0xff, 0xff, // call itself
        0x48, 0x8b, 0x7b, 0x10, // mov rdi, [rbx+16]
        0xe8, 0xea, 0xff, 0xff, 0xff, // call itself
        0x5b, // pop rbx
        0xc3,
    ];
    let expected = "[code instructions=8 descents=2]";
    assert_eq!(facts_at(&tree, &[], 0x1001).as_deref(), Some(expected));
    let count = [
        0x53, // push rbx
        0x48, 0x8d, 0x7f, 0xff, // lea rdi, [rdi-1]
        0xe8, 0xf6, 0xff, 0xff, 0xff, // call itself
        0x5b, // pop rbx
        0xc3,
    ];
    assert_eq!(facts_at(&count, &[], 0x1001), None);
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
    // Bytes that are zero, found in a word by masks; and the parity of a code that corrects errors.
    let zero_bytes =
        ["sub rcx, r8", "not rax", "and rcx, rax", "and rcx, r9", "shr rcx, 4", "add rdx, rcx"];
    assert!(!sums_bits(&steps(&zero_bytes)));
    let parity = [
        "shr eax, 1",
        "and ecx, 1",
        "xor eax, ecx",
        "shr edx, 2",
        "and edx, 1",
        "xor eax, edx",
        "shr esi, 4",
        "and esi, 1",
    ];
    assert!(!sums_bits(&steps(&parity)));
    assert_eq!(bits(&steps(&["and ecx, 1", "add edx, ecx", "shr eax, 1"])), 1, "counted");
    let spread = ["and ecx, 4", "shl ecx, 2", "and edx, 8", "shl edx, 3"];
    assert_eq!(bits(&steps(&spread)), 2, "put elsewhere");
    assert_eq!(bits(&steps(&["and ecx, 0xff", "shl ecx, 2"])), 0, "a byte is no bit");
    assert_eq!(bits(&steps(&["lea ecx, [rax-1]", "and ecx, eax"])), 1, "the last one is dropped");
    assert_eq!(bits(&steps(&["lea ecx, [rax-1]", "and edx, eax"])), 0);
}

#[test]
fn a_flag_is_a_byte_that_is_asked_for_being_zero_or_one() {
    let flag = |lines: &[&'static str]| {
        let steps: Vec<Parts> = lines.iter().map(|line| parts(line)).collect();
        is_of_a_byte(lines[0]) && steps[0].memory().is_some() && is_a_flag(&steps)
    };
    for flags in [
        &["cmp byte ptr [rsi+rbp], 0", "je"][..],
        &["cmp byte ptr [rsi+rbp], 1", "jne"],
        &["test byte ptr [rsi+rbp], 1", "jne"],
        &["movzx eax, byte ptr [rdi]", "test al, al", "je"],
        &["ldrb w1, [x0, x2]", "cbz w1"],
    ] {
        assert!(flag(flags), "{flags:?}");
    }
    for other in [
        &["cmp byte ptr [rsi], 0x20", "je"][..],
        &["cmp byte ptr [rsi], 0", "js"],
        &["cmp dword ptr [rsi], 0", "je"],
        &["movzx eax, byte ptr [rdi]", "test al, al", "js"],
        &["movzx eax, byte ptr [rdi]", "add ecx, eax", "je"],
        &["mov eax, [rdi]", "test eax, eax", "je"],
    ] {
        assert!(!flag(other), "{other:?}");
    }
    assert!(is_of_a_byte("mov [rax], cl") && is_of_a_byte("mov [rax], r9b"));
    assert!(is_of_a_byte("strb w1, [x0]") && !is_of_a_byte("mov [rax], ecx"));
}

#[test]
fn a_carry_is_one_of_an_addition_and_no_comparison() {
    let of =
        |lines: &[&'static str]| carries(&lines.iter().map(|line| parts(line)).collect::<Vec<_>>());
    assert_eq!(of(&["add rax, rcx", "setb dl", "adc r8, 0"]), 2);
    assert_eq!(of(&["cmp rax, rcx", "setb dl", "sbb ecx, ecx"]), 0);
    assert_eq!(of(&["adds x0, x1, x2", "adcs x3, x4, x5"]), 1);
}

/// The upper half of a product that is added to the next one is a carry, and that of a number that
/// is spread over a table is none.
#[test]
fn a_carry_may_be_the_upper_half_of_a_register() {
    let of =
        |lines: &[&'static str]| carries(&lines.iter().map(|line| parts(line)).collect::<Vec<_>>());
    let limb = ["imul rax, rdx", "add rax, rcx", "mov [rdi], eax", "shr rax, 0x20", "mov rcx, rax"];
    assert_eq!(of(&limb), 1);
    let place = ["imul rax, rdx", "shr rax, 0x20", "mov [rdi+rax*4], ecx"];
    assert_eq!(of(&place), 0);
}

#[test]
fn numbers_read_by_hand_and_parts_of_words_are_known_by_their_steps() {
    let steps = |lines: &[&'static str]| -> Vec<Parts<'static>> {
        lines.iter().map(|line| parts(line)).collect()
    };
    let number = ["movzx ecx, byte ptr [rdi]", "lea rax, [rax+rax*4]", "lea rax, [rcx+rax*2-0x30]"];
    assert_eq!(digits(&steps(&number)), 1);
    assert_eq!(digits(&steps(&["imul rax, rax, 0xa", "add cl, 0xd0", "add rax, rcx"])), 1);
    assert_eq!(digits(&steps(&["lea rax, [rax+rax*4]", "mov ecx, [rdi+rax*8]"])), 0, "an index");
    let many = |lines: &[&'static str], holds: fn(&Parts) -> bool| {
        steps(lines).iter().filter(|step| holds(step)).count()
    };
    let word = ["mov eax, [rdi]", "shr eax, 0x10", "pslld xmm0, 8", "psrld xmm1, 24", "shr ecx, 4"];
    assert_eq!(many(&word, is_of_a_channel), 3);
    let products = ["imul eax, ecx", "imul rax, rcx, 0x28", "mul rdx", "pmuludq xmm0, xmm1"];
    assert_eq!(many(&products, is_a_product), 3, "what is multiplied by a number is a place");
}

#[test]
fn what_is_shared_and_what_is_called_is_told_by_its_operands() {
    assert!(is_locked("lock inc qword ptr [rax]") && is_locked("xchg [rax], rcx"));
    assert!(!is_locked("inc qword ptr [rax]") && !is_locked("xchg rax, rcx"));
    let unknown = |lines: &[&'static str], at: usize| {
        is_unknown_call(&lines.iter().map(|line| parts(line)).collect::<Vec<_>>(), at)
    };
    assert!(unknown(&["mov rax, [rbx+8]", "call qword ptr [rax+0x18]"], 1));
    assert!(!unknown(&["mov rdi, [rbx]", "call r14"], 1), "a register that stays");
    assert!(unknown(&["mov rdi, [rbx]", "call qword ptr [r14+0x28]"], 1), "a closure behind `dyn`");
}

/// Where samples fall tells what a turn waits for.
#[test]
fn samples_at_a_late_load_and_behind_a_guess_are_shares_of_the_loop() {
    let code = [
        0x48, 0x8b, 0x07, // mov rax, [rdi]
        0x8b, 0x08, // mov ecx, [rax]
        0x85, 0xc9, // test ecx, ecx
        0x74, 0x02, // je over the addition
        0x01, 0xca, // add edx, ecx
        0x48, 0x83, 0xc7, 0x08, // add rdi, 8
        0x48, 0x39, 0xf7, // cmp rdi, rsi
        0x75, 0xec, // jne to the start
        0xc3,
    ];
    // At the load through the pointer, right behind it, and where the jump leads.
    let heat = Heat::from([(0x1003, 20), (0x1005, 50), (0x100b, 20), (0x100f, 10)]);
    let code = facts_with(&code, &[], 0x1003, &heat).unwrap();
    assert!(code.contains("through=1 waits=70 guess_waits=20"), "{code}");
}

/// A loop over floats in a loop.
const NESTED: [u8; 23] = [
    0x48, 0x8d, 0x34, 0x17, // lea rsi, [rdi+rdx]
    0xf3, 0x0f, 0x58, 0x07, // addss xmm0, [rdi]
    0x48, 0x83, 0xc7, 0x04, // add rdi, 4
    0x48, 0x39, 0xf7, // cmp rdi, rsi
    0x75, 0xf3, // jne to the addition
    0x48, 0xff, 0xc9, // dec rcx
    0x75, 0xea, // jne to the start
    0xc3,
];

/// A loop that is over soon: to begin it costs as much as what it does.
#[test]
fn samples_beside_a_short_loop_are_a_share_of_the_loop_around_it() {
    let around = |heat: &[(u64, u64)]| {
        let heat = heat.iter().copied().collect();
        facts_with(&NESTED, &[], 0x1004, &heat).unwrap().contains("around=40")
    };
    assert!(around(&[(0x1000, 10), (0x1004, 60), (0x1011, 30)]));
    assert!(!around(&[(0x1000, 10), (0x1004, 90)]));
}

/// A list that grows: what is done when it is full is no part of a turn.
#[test]
fn a_turn_is_what_comes_round_without_more_room() {
    let code = [
        0x8b, 0x07, // mov eax, [rdi]
        0x48, 0x83, 0xc7, 0x04, // add rdi, 4
        0x85, 0xc0, // test eax, eax
        0x74, 0x10, // je to the end of the turn
        0x48, 0x39, 0xca, // cmp rdx, rcx
        0x75, 0x05, // jne over the call
        0xe8, 0xec, 0x0f, 0x00, 0x00, // call 0x2000, which makes room
        0x89, 0x04, 0x8b, // mov [rbx+rcx*4], eax
        0x48, 0xff, 0xc1, // inc rcx
        0x48, 0x39, 0xf7, // cmp rdi, rsi
        0x75, 0xe1, // jne to the start
        0xc3,
    ];
    let others: [(&str, u64, &[u8]); 1] =
        [("_ZN5alloc7raw_vec15RawVec$LT$T$GT$8grow_one17h0123456789abcdefE", 0x2000, &[0xc3])];
    let expected = "[code instructions=10 loads=1 stores=1 guesses=1 stride=4 record=4 used=100 \
                    asks=1]";
    assert_eq!(facts_at(&code, &others, 0x1000).as_deref(), Some(expected));
}

/// A loop in a loop, of which the inner one only counts.
#[test]
fn a_loop_says_what_is_in_it_and_where_a_filter_leaves_to() {
    let code = [
        0xf3, 0x0f, 0x58, 0x07, // addss xmm0, [rdi]
        0x48, 0x83, 0xc7, 0x04, // add rdi, 4
        0x48, 0x39, 0xf7, // cmp rdi, rsi
        0x75, 0xf3, // jne to the start
        0x48, 0xff, 0xc9, // dec rcx
        0x75, 0xee, // jne to the start of both
        0xc3,
    ];
    // Both begin at one place, and are one loop.
    assert!(facts_at(&code, &[], 0x100e).unwrap().contains("chains=1"));
    assert!(facts_at(&NESTED, &[], 0x1011).unwrap().contains("inner=1"));
    assert!(!facts_at(&NESTED, &[], 0x1004).unwrap().contains("inner"));
    let leaves = [
        0x48, 0x83, 0xc3, 0x04, // add rbx, 4
        0x48, 0xff, 0xc1, // inc rcx
        0x83, 0x3c, 0x8f, 0x05, // cmp dword ptr [rdi+rcx*4], 5
        0x75, 0xf7, // jne to the increment
        0x89, 0x0b, // mov [rbx], ecx
        0x48, 0x39, 0xd3, // cmp rbx, rdx
        0x75, 0xec, // jne to the start
        0xc3,
    ];
    let expected = "[code instructions=3 loads=1 stride=4 record=4 used=100 leaves=1 asks=1]";
    assert_eq!(facts_at(&leaves, &[], 0x1007).as_deref(), Some(expected));
}
