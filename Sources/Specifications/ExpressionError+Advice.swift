import Catalogue
import Designs

extension ExpressionError {
  /// The message, with advice where a name means nothing.
  var advisedMessage: String {
    guard let unknown else { return message }
    return message + advice(for: unknown.name, among: unknown.choice)
      + "; expected one of: \(unknown.choice.joined(separator: ", "))"
  }
}
