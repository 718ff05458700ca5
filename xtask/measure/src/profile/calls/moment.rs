//! A thread that stands still where a call begins or has returned: what its registers and memory
//! say of arguments and answers.

use gimli::{EndianSlice, EvaluationResult as Asked, Expression, LittleEndian, Location, Value};
use nix::libc::user_regs_struct as Registers;
use nix::sys::ptrace;
use nix::unistd::Pid;

use super::debug::Function;
use super::remote::Remote;
use super::shape::Shapes;
use super::value::{Memory as _, Place, Reader};

/// Bytes that a function returns in registers at most.
const IN_REGISTERS: u64 = 16;

/// A thread that stands still.
pub(super) struct Moment<'a> {
    pub registers: &'a Registers,
    pub memory: &'a Remote,
    /// What is added to the file's addresses.
    pub bias: u64,
    pub thread: Pid,
}

type Read<T> = std::result::Result<T, &'static str>;

impl Moment<'_> {
    /// What a function is asked.
    pub fn question(&self, function: &Function, shapes: &Shapes) -> Read<u64> {
        let mut reader = Reader::new(shapes, self.memory);
        for (shape, place) in &function.arguments {
            let size = shapes.size(*shape);
            if let (Some(place), true) = (place, size > 0) {
                self.argument(function, place, size, |place| reader.look(*shape, place))?;
            }
        }
        Ok(reader.hash())
    }

    /// Finds an argument.
    fn argument(
        &self,
        function: &Function,
        place: &[u8],
        size: u64,
        look: impl FnOnce(Place) -> Read<()>,
    ) -> Read<()> {
        const NO: &str = "it is not known where an argument is";
        let pieces = self.evaluate(function, place).ok_or(NO)?;
        let mut bytes = Vec::new();
        for piece in &pieces {
            let wanted =
                piece.size_in_bits.map_or(size.saturating_sub(bytes.len() as u64), |bits| bits / 8);
            let wanted = wanted as usize;
            if piece.bit_offset.is_some_and(|bit| bit > 0) || wanted > 4 << 10 {
                match piece.location {
                    Location::Address { address } if pieces.len() == 1 => {
                        return look(Place::There(address));
                    }
                    _ => return Err(NO),
                }
            }
            let before = bytes.len();
            match &piece.location {
                Location::Address { address } if pieces.len() == 1 => {
                    return look(Place::There(*address));
                }
                Location::Address { address } => {
                    bytes.resize(before + wanted, 0);
                    if !self.memory.read(*address, &mut bytes[before..]) {
                        return Err(NO);
                    }
                }
                Location::Register { register } if (17..=32).contains(&register.0) => {
                    bytes.extend(self.vector(register.0 - 17).ok_or(NO)?);
                }
                Location::Register { register } => {
                    bytes.extend(self.register(register.0).ok_or(NO)?.to_le_bytes());
                }
                Location::Value { value } => bytes.extend(bits(*value).ok_or(NO)?.to_le_bytes()),
                Location::Bytes { value } => bytes.extend_from_slice(value.slice()),
                _ => return Err("an argument was optimized away: a debug build has it"),
            }
            bytes.truncate(before + wanted);
        }
        look(Place::Here(&bytes))
    }

    fn evaluate<'e>(
        &self,
        function: &'e Function,
        expression: &'e [u8],
    ) -> Option<Vec<gimli::Piece<EndianSlice<'e, LittleEndian>>>> {
        let expression = Expression(EndianSlice::new(expression, LittleEndian));
        let mut evaluation = expression.evaluation(function.encoding);
        evaluation.set_max_iterations(200);
        let mut asked = evaluation.evaluate().ok()?;
        loop {
            let resumed = match asked {
                Asked::Complete => return Some(evaluation.result()),
                Asked::RequiresRegister { register, .. } => {
                    evaluation.resume_with_register(Value::Generic(self.register(register.0)?))
                }
                Asked::RequiresMemory { address, size, .. } => {
                    let word = self.memory.word(address)?;
                    let bits = u32::from(size.min(8)) * 8;
                    let word = if bits < 64 { word & ((1 << bits) - 1) } else { word };
                    evaluation.resume_with_memory(Value::Generic(word))
                }
                Asked::RequiresFrameBase if expression.0.slice() != &*function.base => {
                    let base = self.evaluate(function, &function.base)?;
                    let base = match base.first()?.location {
                        Location::Register { register } => self.register(register.0)?,
                        Location::Address { address } => address,
                        _ => return None,
                    };
                    evaluation.resume_with_frame_base(base)
                }
                Asked::RequiresCallFrameCfa => {
                    let (register, distance) = function.frame;
                    let frame = self.register(register)?.wrapping_add_signed(distance);
                    evaluation.resume_with_call_frame_cfa(frame)
                }
                Asked::RequiresRelocatedAddress(address) => {
                    evaluation.resume_with_relocated_address(address.wrapping_add(self.bias))
                }
                _ => return None,
            };
            asked = resumed.ok()?;
        }
    }

    /// What a function answered, where it has just returned.
    pub fn answer(&self, function: &Function, shapes: &Shapes) -> Read<u64> {
        let shape = function.answer.ok_or("it answers nothing")?;
        let mut reader = Reader::new(shapes, self.memory);
        let size = shapes.size(shape);
        if size > IN_REGISTERS {
            // Whoever calls it made room for the answer, of which it says where it is.
            reader.look(shape, Place::There(self.registers.rax))?;
            return Ok(reader.hash());
        }
        let mut bytes = [0; 16];
        let (mut integers, mut floats) = (0_usize, 0_u16);
        let numbers = shapes.numbers(shape).filter(|numbers| is_a_pair(numbers));
        for (at, size, float) in numbers.unwrap_or(vec![(0, 8, false), (8, 8, false)]) {
            let word = if float {
                floats += 1;
                let vector = self.vector(floats - 1).ok_or("its answer cannot be read")?;
                vector[..8].try_into().unwrap_or_default()
            } else {
                integers += 1;
                [self.registers.rax, self.registers.rdx][(integers - 1) & 1].to_le_bytes()
            };
            let (at, size) = (at as usize, size.min(8) as usize);
            bytes[at..at + size].copy_from_slice(&word[..size]);
        }
        reader.look(shape, Place::Here(&bytes))?;
        Ok(reader.hash())
    }

    /// A register by its number in debug information.
    pub fn register(&self, number: u16) -> Option<u64> {
        let r = self.registers;
        let order = [
            r.rax, r.rdx, r.rcx, r.rbx, r.rsi, r.rdi, r.rbp, r.rsp, r.r8, r.r9, r.r10, r.r11,
            r.r12, r.r13, r.r14, r.r15,
        ];
        order.get(usize::from(number)).copied()
    }

    /// A register of floats.
    fn vector(&self, number: u16) -> Option<[u8; 16]> {
        let known = ptrace::getregset::<ptrace::regset::NT_PRFPREG>(self.thread).ok()?;
        let words = known.xmm_space.chunks_exact(4).nth(usize::from(number))?;
        let mut bytes = [0; 16];
        for (four, word) in bytes.chunks_exact_mut(4).zip(words) {
            four.copy_from_slice(&word.to_le_bytes());
        }
        Some(bytes)
    }
}

/// Whether numbers are returned in a register each: at most two, which do not lie upon each other.
fn is_a_pair(numbers: &[(u64, u64, bool)]) -> bool {
    let within = numbers.iter().all(|(at, size, _)| *size <= 8 && *at <= 16 - size);
    within
        && match numbers {
            [_] => true,
            [(first, size, _), (second, ..)] => first + size <= *second,
            _ => false,
        }
}

/// The bytes of a value of debug information.
fn bits(value: Value) -> Option<u64> {
    match value {
        Value::F32(float) => Some(u64::from(float.to_bits())),
        Value::F64(float) => Some(float.to_bits()),
        other => other.to_u64(u64::MAX).ok(),
    }
}
