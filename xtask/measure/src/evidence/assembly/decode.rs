//! Machine code to lines of text, with what each instruction does to the flow of control.

mod arm;
mod x86;

use super::image::Architecture;

/// One instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it is.
    pub address: u64,
    /// Mnemonic and operands; of those that go elsewhere by a known way, the mnemonic alone.
    pub text: String,
    /// Where it goes.
    pub flow: Flow,
    /// Width of the vectors on which it computes lane by lane, in bits.
    pub packed: Option<u32>,
}

/// Where an instruction goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// To the next, or where only a run knows.
    On,
    /// To an address, perhaps on a condition.
    Jump(u64),
    /// To where a slot of the loader's leads, and not back.
    JumpThrough(u64),
    /// To an address and back.
    Call(u64),
    /// To where a slot of the loader's leads, and back.
    CallThrough(u64),
    /// To where a register points, and back.
    CallUnknown,
}

/// All instructions of a function.
pub fn decode(architecture: Architecture, address: u64, code: &[u8]) -> Vec<Line> {
    match architecture {
        Architecture::X86 => x86::decode(address, code),
        Architecture::Arm => arm::decode(address, code),
    }
}

impl Line {
    /// Whether it only fills space.
    pub fn is_padding(&self) -> bool {
        let mnemonic = self.text.split(' ').next().unwrap_or_default();
        ["nop", "int3", "udf"].contains(&mnemonic) || self.text == "xchg ax, ax"
    }
}
