/// The small model in the box, SmolLM2-135M-Instruct (Apache-2.0), which runs in this process:
/// [Weights] are found and unpacked, [NativeModel] is the one class that calls native code,
/// [SmolLmChat] is LangChain4j's view of it, [SmolLm] makes up lines by it.
@NullMarked
package parley.bot.smollm;

import org.jspecify.annotations.NullMarked;
