//! What all rungs share before there is a tree: the pieces of a text, and what can be wrong with
//! one.

/// Operators and opening brackets that a statement may have. Each adds at most one level to a tree,
/// so this bounds the depth of every recursion over a tree: in the parser, in the fold, and in the
/// drop.
pub const LIMIT: u32 = 500;

/// Where a text stops being a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// At this byte, something else was expected.
    Unexpected(usize),
    /// At this byte, a statement has more than [`LIMIT`] operators and opening brackets; or, at
    /// byte 0, the text is longer than 32-bit positions reach.
    TooLong(usize),
}

/// The kind of a text's smallest pieces. All fit into one byte: the compiler numbers the other
/// kinds behind the operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// Letters, digits and `_`, no digit first.
    Name,
    /// Digits; what does not fit into 64 bits wraps.
    Number,
    /// See [`Op`]; `-` stands before an operand, too.
    Operator(Op),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// `=`
    Assign,
    /// `;`
    Semicolon,
    /// The end of the text.
    End,
    /// A byte that begins no token.
    Unknown,
    /// What goes beyond a limit.
    TooLong,
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `|`
    Or,
    /// `&`
    And,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
}

impl Op {
    /// How strongly the operator binds; all bind to the left.
    #[inline]
    pub fn strength(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Less | Self::Greater => 3,
            Self::Add | Self::Sub => 4,
            Self::Mul | Self::Div | Self::Rem => 5,
        }
    }
}

/// The token that each byte begins.
pub static BEGINS: [Token; 256] = {
    let mut tokens = [Token::Unknown; 256];
    let mut byte = 0;
    while byte < 256 {
        tokens[byte] = match byte as u8 {
            b'0'..=b'9' => Token::Number,
            byte if is_word(byte) => Token::Name,
            _ => Token::Unknown,
        };
        byte += 1;
    }
    tokens[b'|' as usize] = Token::Operator(Op::Or);
    tokens[b'&' as usize] = Token::Operator(Op::And);
    tokens[b'<' as usize] = Token::Operator(Op::Less);
    tokens[b'>' as usize] = Token::Operator(Op::Greater);
    tokens[b'+' as usize] = Token::Operator(Op::Add);
    tokens[b'-' as usize] = Token::Operator(Op::Sub);
    tokens[b'*' as usize] = Token::Operator(Op::Mul);
    tokens[b'/' as usize] = Token::Operator(Op::Div);
    tokens[b'%' as usize] = Token::Operator(Op::Rem);
    tokens[b'(' as usize] = Token::Open;
    tokens[b')' as usize] = Token::Close;
    tokens[b',' as usize] = Token::Comma;
    tokens[b'=' as usize] = Token::Assign;
    tokens[b';' as usize] = Token::Semicolon;
    tokens
};

/// Whether a byte can be part of a name.
pub const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
