"""How much govlint finds, how much it invents and how well it reads: invented reports with mistakes put into them.

The generator, the mistakes and the layouts are written from the regulation and the mandated form; nothing here looks
at how govlint works, and only its public interface is called. Run: python -m benchmarks.quality
"""
