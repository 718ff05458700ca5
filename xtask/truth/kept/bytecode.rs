//! A small stack machine and a compiler for it: runs a few programs of arithmetic and loops.

use truth::Random;

#[derive(Clone, Copy)]
enum Op {
    Push(i64),
    Load(u8),
    Store(u8),
    Add,
    Multiply,
    Subtract,
    Remainder,
    Less,
    JumpIfZero(u32),
    Jump(u32),
    Mix,
    Stop,
}

struct Machine {
    stack: [i64; 64],
    variables: [i64; 16],
    steps: u64,
}

impl Machine {
    fn run(&mut self, code: &[Op]) -> i64 {
        let (mut at, mut top) = (0usize, 0usize);
        loop {
            self.steps += 1;
            let op = code[at];
            at += 1;
            match op {
                Op::Push(number) => {
                    self.stack[top & 63] = number;
                    top += 1;
                }
                Op::Load(variable) => {
                    self.stack[top & 63] = self.variables[usize::from(variable & 15)];
                    top += 1;
                }
                Op::Store(variable) => {
                    top -= 1;
                    self.variables[usize::from(variable & 15)] = self.stack[top & 63];
                }
                Op::JumpIfZero(to) => {
                    top -= 1;
                    if self.stack[top & 63] == 0 {
                        at = to as usize;
                    }
                }
                Op::Jump(to) => at = to as usize,
                Op::Mix => {
                    let value = self.stack[(top - 1) & 63] as u64;
                    self.stack[(top - 1) & 63] =
                        (value ^ value >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) as i64;
                }
                Op::Stop => return self.variables[0],
                binary => {
                    top -= 1;
                    let (right, left) = (self.stack[top & 63], self.stack[(top - 1) & 63]);
                    self.stack[(top - 1) & 63] = arithmetic(binary, left, right);
                }
            }
        }
    }
}

fn arithmetic(op: Op, left: i64, right: i64) -> i64 {
    match op {
        Op::Add => left.wrapping_add(right),
        Op::Multiply => left.wrapping_mul(right),
        Op::Subtract => left.wrapping_sub(right),
        Op::Remainder => left.wrapping_rem(right.max(1)),
        _ => i64::from(left < right),
    }
}

/// A loop whose body is a few random operations on four variables.
fn program(random: &mut Random, turns: i64) -> Vec<Op> {
    let mut code = vec![Op::Push(0), Op::Store(1)];
    let head = code.len() as u32;
    code.extend([Op::Load(1), Op::Push(turns), Op::Less, Op::JumpIfZero(0)]);
    let exit = code.len() - 1;
    for _ in 0..12 {
        let to = [0, 2, 3, 4][random.below(4)];
        code.extend([Op::Load([0, 2, 3, 4][random.below(4)]), Op::Load(1)]);
        code.push([Op::Add, Op::Multiply, Op::Subtract, Op::Remainder, Op::Mix][random.below(5)]);
        code.extend([Op::Push(random.below(90) as i64 + 1), Op::Add, Op::Store(to)]);
    }
    code.extend([Op::Load(1), Op::Push(1), Op::Add, Op::Store(1), Op::Jump(head), Op::Stop]);
    code[exit] = Op::JumpIfZero(code.len() as u32 - 1);
    code
}

fn main() {
    let mut random = Random::new(331);
    let mut steps = 0;
    for number in 0..50 {
        let code = program(&mut random, 200_000);
        let mut machine = Machine { stack: [0; 64], variables: [0; 16], steps: 0 };
        let result = machine.run(&code);
        steps += machine.steps;
        if number % 6 == 0 {
            println!("program {number}: {result:x} after {steps} steps");
        }
    }
}
