//! x86-64, in Intel's notation.

use iced_x86::{Decoder, DecoderOptions, Formatter, Instruction, IntelFormatter, Mnemonic, OpKind};

use super::{Flow, Line};

/// All instructions of a function.
pub fn decode(address: u64, code: &[u8]) -> Vec<Line> {
    let mut formatter = IntelFormatter::new();
    let options = formatter.options_mut();
    options.set_hex_prefix("0x");
    options.set_hex_suffix("");
    options.set_uppercase_hex(false);
    options.set_space_after_operand_separator(true);
    options.set_rip_relative_addresses(true);
    let decoder = Decoder::with_ip(64, code, address, DecoderOptions::NONE);
    let line = |instruction: Instruction| {
        let mut text = String::new();
        formatter.format(&instruction, &mut text);
        let flow = flow(&instruction);
        let packed = packed(&text);
        if flow != Flow::On && flow != Flow::CallUnknown {
            text.truncate(text.find(' ').unwrap_or(text.len()));
        }
        Line { address: instruction.ip(), text: without_distance(&text), flow, packed }
    };
    decoder.into_iter().map(line).collect()
}

fn flow(instruction: &Instruction) -> Flow {
    let (call, jump) =
        (instruction.mnemonic() == Mnemonic::Call, instruction.mnemonic() == Mnemonic::Jmp);
    match instruction.op0_kind() {
        OpKind::NearBranch64 if call => Flow::Call(instruction.near_branch_target()),
        OpKind::NearBranch64 => Flow::Jump(instruction.near_branch_target()),
        OpKind::Memory if (call || jump) && instruction.is_ip_rel_memory_operand() => {
            let slot = instruction.ip_rel_memory_address();
            if call { Flow::CallThrough(slot) } else { Flow::JumpThrough(slot) }
        }
        _ if call => Flow::CallUnknown,
        _ => Flow::On,
    }
}

/// How far away a constant or a function lies says nothing to a reader.
fn without_distance(text: &str) -> String {
    let Some(at) = text.find("[rip") else { return text.to_owned() };
    let end = text[at..].find(']').map_or(text.len(), |more| at + more);
    format!("{}[static{}", &text[..at], &text[end..])
}

/// Width of the vectors on which an instruction computes lane by lane.
///
/// Moves compute nothing: compilers use vector registers to copy any structure, and to clear it.
fn packed(text: &str) -> Option<u32> {
    let (mnemonic, operands) = text.split_once(' ')?;
    let width = [("zmm", 512), ("ymm", 256), ("xmm", 128)]
        .into_iter()
        .find_map(|(register, width)| operands.contains(register).then_some(width))?;
    let stem = mnemonic.strip_prefix('v').unwrap_or(mnemonic);
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| stem.starts_with(prefix));
    let shuffles = ["movmsk", "movddup", "movshdup", "movsldup", "movhlps", "movlhps"];
    let moves = begins(&["mov", "lddqu", "pinsr", "pextr", "extractps", "maskmov", "pmaskmov"])
        && !begins(&shuffles);
    // `pabsd` and `pminsd` end like `addsd`, which works on one lane.
    let scalar = (stem.ends_with("ss") || stem.ends_with("sd")) && !begins(&["p", "broadcast"])
        || stem.starts_with("cvt") && stem.ends_with("si");
    // One value that happens to have 128 bits.
    let whole = begins(&["aes", "sha", "pclmul"]);
    let clears = begins(&["xorp", "pxor"]) && {
        let mut registers = operands.split(", ");
        let first = registers.next();
        registers.all(|register| Some(register) == first)
    };
    (!moves && !scalar && !whole && !clears).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_means_that_lanes_are_computed() {
        for (text, width) in [
            ("addps xmm0, xmm1", Some(128)),
            ("vaddpd ymm0, ymm1, [rax]", Some(256)),
            ("vfmadd231ps zmm0, zmm1, zmm2", Some(512)),
            ("vpcmpb k1, zmm0, zmm1, 2", Some(512)),
            ("pabsd xmm0, xmm1", Some(128)),
            ("vpminsd ymm0, ymm1, ymm2", Some(256)),
            ("vbroadcastss ymm0, xmm1", Some(256)),
            ("pmovmskb eax, xmm0", Some(128)),
            ("cvtdq2pd xmm0, xmm1", Some(128)),
            ("addss xmm0, xmm1", None),
            ("vfmadd213sd xmm0, xmm1, xmm2", None),
            ("movsd xmm0, [rax]", None),
            ("movaps xmm0, xmm1", None),
            ("vmovups [rdi], ymm0", None),
            ("cvtsi2sd xmm0, rax", None),
            ("cvttss2si rax, xmm0", None),
            ("ucomisd xmm0, xmm1", None),
            ("xorps xmm0, xmm0", None),
            ("vpxor xmm0, xmm0, xmm0", None),
            ("pxor xmm0, xmm1", Some(128)),
            ("aesenc xmm0, xmm1", None),
            ("vzeroupper", None),
            ("add eax, ebx", None),
        ] {
            assert_eq!(packed(text), width, "{text}");
        }
    }

    #[test]
    fn instructions_are_decoded_with_where_they_go() {
        let code = [
            0x62, 0xf1, 0x74, 0x48, 0x58, 0xc2, // vaddps zmm0, zmm1, zmm2
            0x0f, 0x10, 0x05, 0x10, 0x00, 0x00, 0x00, // movups xmm0, [rip+0x10]
            0x75, 0xf1, // jne to the start
            0xe8, 0x0b, 0x00, 0x00, 0x00, // call 0x101f
            0xff, 0x15, 0x00, 0x00, 0x00, 0x00, // call [rip]
            0xff, 0xd0, // call rax
            0xc3,
        ];
        let lines = decode(0x1000, &code);
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        let expected = [
            "vaddps zmm0, zmm1, zmm2",
            "movups xmm0, [static]",
            "jne",
            "call",
            "call",
            "call rax",
            "ret",
        ];
        assert_eq!(texts, expected);
        let flows: Vec<Flow> = lines.iter().map(|line| line.flow).collect();
        use Flow::*;
        let expected = [On, On, Jump(0x1000), Call(0x101f), CallThrough(0x101a), CallUnknown, On];
        assert_eq!(flows, expected);
        assert_eq!(lines[0].packed, Some(512));
    }
}
